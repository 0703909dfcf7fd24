import { createEcmaScriptPlugin, runNodeJs } from "@bufbuild/protoplugin";
import { checkModel } from "./check/check.ts";
import { emit } from "./emit/emit.ts";
import { type Product, products } from "./emit/product.ts";
import { SpecError } from "./model/failure.ts";
import { readModel } from "./model/read.ts";

/**
 * The protoc plugin: descriptors of a spec in, generated files out.
 *
 * Option `product=types|codec|core|docs` writes one package's files, relative to the package; `product=all` writes
 * everything, relative to the root of the repository.
 */
const plugin = createEcmaScriptPlugin<{ product: Product }>({
  name: "protoc-gen-fulgur",
  version: "v0.0.0",
  parseOptions(options) {
    let product: string = "all";
    for (const { key, value } of options) {
      if (key !== "product") throw new Error(`unknown option "${key}"; there is only product=${products.join("|")}`);
      product = value;
    }
    const known = products.find((name) => name === product);
    if (known === undefined) throw new Error(`unknown product "${product}"; it is one of ${products.join(", ")}`);
    return { product: known };
  },
  generateTs(schema) {
    const model = readModel(schema.files, schema.allFiles);
    const breaches = checkModel(model);
    if (breaches.length > 0) throw new SpecError("the spec breaks laws of the model", `\n  ${breaches.join("\n  ")}`);
    for (const { path, text } of emit(model, schema.options.product)) schema.generateFile(path).print(text);
  },
});

runNodeJs(plugin);
