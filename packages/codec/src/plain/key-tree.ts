import { type ObjectFactory, objectFactory } from "./object-factory.ts";

/**
 * The key sequences of the maps seen so far, as a tree: maps of one shape take one path. At each step the keys seen
 * before are compared with the bytes that follow, so that a known key is never decoded, and at the end of the path
 * waits the factory of the shape's objects.
 */
export class KeyTree {
  readonly #root: KeyNode;
  readonly #generate: boolean;
  #size = 0;

  /** @param generate whether to generate code for the objects of shapes that are met often. */
  constructor(generate: boolean) {
    this.#generate = generate;
    this.#root = new KeyNode("", noBytes, undefined, generate);
  }

  get root(): KeyNode {
    return this.#root;
  }

  /** The step from a node over a key that its `next` didn't find; `undefined` when the tree is full. */
  add(node: KeyNode, key: string, encoded: Uint8Array): KeyNode | undefined {
    const known = node.children.find((child) => child.key === key && child.encoded.length === encoded.length);
    if (known !== undefined) return known;
    if (this.#size >= maxNodes || node.children.length >= maxChildren) return undefined;
    this.#size++;
    const child = new KeyNode(key, encoded, node, this.#generate);
    node.children.push(child);
    return child;
  }
}

/** Data with ever new keys must not fill the memory: beyond these limits maps are read without the tree. */
const maxNodes = 4096;
const maxChildren = 16;
/** How often a shape is met before code is generated for it. */
const generateAfter = 16;
const noBytes = new Uint8Array(0);

/** A step of the tree: the keys on the way to it are those of the maps that come here. */
export class KeyNode {
  readonly key: string;
  /** The key as the wire has it, marker included. */
  readonly encoded: Uint8Array;
  readonly children: KeyNode[] = [];
  readonly #parent: KeyNode | undefined;
  readonly #generate: boolean;
  #met = 0;
  #make: ObjectFactory | undefined;

  constructor(key: string, encoded: Uint8Array, parent: KeyNode | undefined, generate: boolean) {
    this.#generate = generate;
    this.key = key;
    this.encoded = encoded;
    this.#parent = parent;
  }

  /** The child whose key stands at `at`, if it was seen before. */
  next(bytes: Uint8Array, at: number, end: number): KeyNode | undefined {
    const { children } = this;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as KeyNode;
      if (startsWith(bytes, at, end, child.encoded)) return child;
    }
    return undefined;
  }

  /** The object with the keys on the way to here. */
  object(values: readonly unknown[], start: number): Record<string, unknown> {
    if (this.#make === undefined || ++this.#met === generateAfter) this.#make = this.#factory();
    return this.#make(values, start);
  }

  /** The keys on the way to here. */
  path(): string[] {
    const keys: string[] = [];
    for (let node: KeyNode = this; node.#parent !== undefined; node = node.#parent) keys.push(node.key);
    return keys.reverse();
  }

  #factory(): ObjectFactory {
    return objectFactory(this.path(), this.#generate && this.#met >= generateAfter);
  }
}

function startsWith(bytes: Uint8Array, at: number, end: number, prefix: Uint8Array): boolean {
  const { length } = prefix;
  if (at + length > end) return false;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}
