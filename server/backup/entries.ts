// What is inside a backup, one entry after the other: name, size, bytes; at the end how many there were. Called by
// write-backup and read-backup, inside the sealed stream.
import { z } from "zod";
import { damaged } from "./backup-header.ts";

export interface Entry {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

const MOST_HEAD = 4_096;
const headSchema = z.union([
  z.strictObject({ name: z.string().min(1).max(300), size: z.number().int().min(0) }),
  z.strictObject({ entries: z.number().int().min(0) }),
]);

/** @throws Error when a content is not as long as it was said to be. */
export async function* writeEntries(entries: Iterable<Entry>): AsyncGenerator<Uint8Array> {
  let count = 0;
  for (const { name, size, content } of entries) {
    yield headOf({ name, size });
    let written = 0;
    for await (const part of content) {
      written += part.length;
      yield part;
    }
    if (written !== size) throw new Error(`${name} changed while it was backed up`);
    count++;
  }
  yield headOf({ entries: count });
}

function headOf(head: z.infer<typeof headSchema>): Buffer {
  const text = Buffer.from(JSON.stringify(head), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/** Each entry's content must be read to its end before the next is asked for. @throws GatewayError backup_unusable. */
export async function* readEntries(source: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  const bytes = byteReader(source);
  for (let count = 0; ; count++) {
    const length = (await bytes.exactly(4)).readUInt32BE();
    if (length > MOST_HEAD) throw damaged();
    const head = headSchema.safeParse(parseJson((await bytes.exactly(length)).toString("utf8")));
    if (!head.success) throw damaged();
    if ("entries" in head.data) {
      if (head.data.entries !== count || !(await bytes.ended())) throw damaged();
      return;
    }
    const { name, size } = head.data;
    let left = size;
    const content = (async function* () {
      while (left > 0) {
        const part = await bytes.atMost(left);
        left -= part.length;
        yield part;
      }
    })();
    yield { name, size, content };
    if (left > 0) throw new Error(`${name} was not read to its end`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function byteReader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  /** False at the end. */
  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done) return false;
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value]);
    return true;
  };
  const take = (count: number): Buffer => {
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  };
  return {
    exactly: async (count: number): Promise<Buffer> => {
      while (held.length < count) if (!(await more())) throw damaged();
      return take(count);
    },
    atMost: async (count: number): Promise<Buffer> => {
      while (held.length === 0) if (!(await more())) throw damaged();
      return take(Math.min(count, held.length));
    },
    ended: async (): Promise<boolean> => {
      while (held.length === 0) if (!(await more())) return true;
      return false;
    },
  };
}
