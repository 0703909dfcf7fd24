import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCertificateAuthority, createSelfSignedCertificate } from "../src/index.ts";

describe("a test certificate", () => {
  it("is signed by its authority and by no other of the same name", async () => {
    const [authority, other] = await Promise.all([createCertificateAuthority(), createCertificateAuthority()]);
    const { certificate, key } = await authority.issue();
    const [root, stranger, issued] = [authority.certificate, other.certificate, certificate].map(
      (pem) => new X509Certificate(pem),
    );
    expect(issued?.checkIssued(root as X509Certificate)).toBe(true);
    expect(issued?.verify((root as X509Certificate).publicKey)).toBe(true);
    expect(issued?.verify((stranger as X509Certificate).publicKey)).toBe(false);
    expect(issued?.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([root?.ca, issued?.ca]).toEqual([true, false]);
  });

  it("is valid for the hosts asked for and no others", async () => {
    const authority = await createCertificateAuthority();
    const usual = new X509Certificate((await authority.issue()).certificate);
    expect(usual.checkHost("localhost")).toBe("localhost");
    expect(usual.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(usual.checkIP("::1")).toBe("::1");
    expect(usual.checkHost("example.org")).toBeUndefined();
    const own = new X509Certificate(
      (await authority.issue({ hosts: ["db.example.org", "2001:db8::ffff:1"] })).certificate,
    );
    expect(own.checkHost("db.example.org")).toBe("db.example.org");
    expect(own.checkIP("2001:db8::ffff:1")).toBe("2001:db8::ffff:1");
    expect(own.checkHost("localhost")).toBeUndefined();
    expect(own.subject).toBe("CN=db.example.org");
  });

  it("carries the dates asked for, before and after 2050", async () => {
    const authority = await createCertificateAuthority();
    const validFrom = new Date("1999-12-31T23:59:59Z");
    const validTo = new Date("2051-02-03T04:05:06Z");
    const issued = new X509Certificate((await authority.issue({ validFrom, validTo })).certificate);
    expect([new Date(issued.validFrom), new Date(issued.validTo)]).toEqual([validFrom, validTo]);
  });

  it("may be signed by nobody but its own key", async () => {
    const { certificate, key } = await createSelfSignedCertificate({ hosts: ["db.example.org"] });
    const own = new X509Certificate(certificate);
    expect(own.verify(own.publicKey)).toBe(true);
    expect(own.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect([own.subject, own.issuer, own.ca]).toEqual(["CN=db.example.org", "CN=db.example.org", false]);
  });
});
