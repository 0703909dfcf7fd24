import { Vector, type VectorArray, type VectorElementType, vector } from "@fulgur/neo4j-types";
import { vectorElements } from "./gen/markers.ts";

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const byMarker = new Map<number, (typeof vectorElements)[number]>(
  vectorElements.map((element) => [element.marker, element]),
);
const byName = new Map<string, (typeof vectorElements)[number]>(
  vectorElements.map((element) => [element.name, element]),
);

/**
 * The vector of its two fields: the element's marker as one byte, and the elements in big-endian order, which become the
 * vector's own: they are turned round where they lie.
 *
 * @throws RangeError for an unknown element, or bytes that aren't whole elements.
 */
export function vectorOfFields(element: Uint8Array, data: Uint8Array): Vector {
  const found = element.length === 1 ? byMarker.get(element[0] as number) : undefined;
  if (found === undefined) throw new RangeError("the vector's element type is not known");
  if (data.length % found.bytes !== 0) {
    throw new RangeError(`the vector's ${data.length} bytes are not a multiple of ${found.bytes}`);
  }
  turnRound(data, found.bytes);
  return new Vector(new (arrayOf(found.name))(data.buffer, data.byteOffset, data.length / found.bytes) as never);
}

type ArrayOf = new (buffer: ArrayBufferLike, offset: number, length: number) => VectorArray;
const arrays: { [elementType: string]: ArrayOf } = {};

/** From the types package, so that the element types live in one place: an empty array of the right type says the rest. */
function arrayOf(elementType: string): ArrayOf {
  arrays[elementType] ??= vector([], elementType as VectorElementType).data.constructor as ArrayOf;
  return arrays[elementType];
}

/** The two fields of a vector. */
export function vectorFields(value: Vector): readonly [Uint8Array, Uint8Array] {
  const found = byName.get(value.elementType);
  if (found === undefined) throw new TypeError(`vectors of ${value.elementType} can't be sent`);
  const { buffer, byteOffset, byteLength } = value.data;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice();
  turnRound(bytes, found.bytes);
  return [Uint8Array.of(found.marker), bytes];
}

/** Puts each element's bytes in the other order: the wire is big-endian, machines are little-endian nearly everywhere. */
function turnRound(bytes: Uint8Array, width: number): void {
  if (!littleEndian || width === 1) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // As whole numbers: read as floats, the payloads of NaNs might get lost.
  if (width === 2) for (let at = 0; at < bytes.length; at += 2) view.setUint16(at, view.getUint16(at), true);
  if (width === 4) for (let at = 0; at < bytes.length; at += 4) view.setUint32(at, view.getUint32(at), true);
  if (width !== 8) return;
  for (let at = 0; at < bytes.length; at += 8) {
    const high = view.getUint32(at);
    view.setUint32(at, view.getUint32(at + 4), true);
    view.setUint32(at + 4, high, true);
  }
}
