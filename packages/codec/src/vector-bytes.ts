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
 * The vector of its two fields: the element's marker as one byte, and the elements in big-endian order.
 *
 * @throws RangeError for an unknown element, or bytes that aren't whole elements.
 */
export function vectorOfFields(element: Uint8Array, data: Uint8Array): Vector {
  const found = element.length === 1 ? byMarker.get(element[0] as number) : undefined;
  if (found === undefined) throw new RangeError("the vector's element type is not known");
  if (data.length % found.bytes !== 0) {
    throw new RangeError(`the vector's ${data.length} bytes are not a multiple of ${found.bytes}`);
  }
  const bytes = reordered(data, found.bytes);
  // From the types package, so that the element types live in one place: an empty array of the right type says the rest.
  const empty = vector([], found.name as VectorElementType).data;
  const TypedArray = empty.constructor as new (buffer: ArrayBufferLike) => VectorArray;
  return new Vector(new TypedArray(bytes.buffer) as never);
}

/** The two fields of a vector. */
export function vectorFields(value: Vector): readonly [Uint8Array, Uint8Array] {
  const found = byName.get(value.elementType);
  if (found === undefined) throw new TypeError(`vectors of ${value.elementType} can't be sent`);
  const { buffer, byteOffset, byteLength } = value.data;
  return [Uint8Array.of(found.marker), reordered(new Uint8Array(buffer, byteOffset, byteLength), found.bytes)];
}

/** A copy with each element's bytes in the other order: the wire is big-endian, machines are little-endian nearly everywhere. */
function reordered(bytes: Uint8Array, width: number): Uint8Array {
  const copy = bytes.slice();
  if (!littleEndian || width === 1) return copy;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) {
    const halves = new Uint16Array(copy.buffer);
    for (let at = 0; at < halves.length; at++) halves[at] = view.getUint16(at * 2);
    return copy;
  }
  // As whole numbers: read as floats, the payloads of NaNs might get lost.
  const words = new Uint32Array(copy.buffer);
  const other = width === 8 ? 1 : 0;
  for (let at = 0; at < words.length; at++) words[at ^ other] = view.getUint32(at * 4);
  return copy;
}
