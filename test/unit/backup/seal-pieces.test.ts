import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openPieces, type PieceCipher, sealPieces } from "../../../server/backup/seal-pieces.ts";

const CHUNK = 64;
const SEALED = CHUNK + 16;
const cipher: PieceCipher = {
  key: randomBytes(32),
  nonce: randomBytes(7),
  chunk: CHUNK,
  header: Buffer.from("header"),
};

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function gather(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

const seal = (content: Uint8Array, part = 1_000): Promise<Buffer> =>
  gather(sealPieces(inParts(content, part), cipher));
const open = (sealed: Uint8Array, part = 1_000, by = cipher): Promise<Buffer> =>
  gather(openPieces(inParts(sealed, part), by));

const content = fc.uint8Array({ maxLength: CHUNK * 5 });
const part = fc.integer({ min: 1, max: CHUNK * 3 });
const DAMAGED = { code: "backup_unusable", sentence: expect.stringContaining("damaged") };

describe("a sealed stream", () => {
  test("of any content opens to the same content, however it is cut into parts on the way", async () => {
    await fc.assert(
      fc.asyncProperty(content, part, part, async (bytes, written, read) => {
        const sealed = await seal(bytes, written);
        expect((await open(sealed, read)).equals(Buffer.from(bytes))).toBe(true);
        expect(sealed.length).toBe(bytes.length + 16 * Math.max(1, Math.ceil(bytes.length / CHUNK)));
      }),
      { numRuns: 150 },
    );
  });

  test("cut anywhere, or with anything behind it, does not open", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(), async (bytes, at) => {
        const sealed = await seal(bytes);
        await expect(open(sealed.subarray(0, at % sealed.length))).rejects.toMatchObject(DAMAGED);
        await expect(open(Buffer.concat([sealed, sealed.subarray(0, 1 + at)]))).rejects.toMatchObject(
          DAMAGED,
        );
      }),
      { numRuns: 150 },
    );
  });

  test("cut between two pieces does not open: what is left does not end with its last piece", async () => {
    const sealed = await seal(randomBytes(CHUNK * 4));
    for (let pieces = 1; pieces < 4; pieces++)
      await expect(open(sealed.subarray(0, pieces * SEALED))).rejects.toMatchObject(DAMAGED);
  });

  test("with any bit turned does not open", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(), fc.integer({ min: 0, max: 7 }), async (bytes, at, bit) => {
        const sealed = await seal(bytes);
        sealed[at % sealed.length] = (sealed[at % sealed.length] ?? 0) ^ (1 << bit);
        await expect(open(sealed)).rejects.toMatchObject(DAMAGED);
      }),
      { numRuns: 150 },
    );
  });

  test("with two pieces exchanged, one left out or one twice does not open", async () => {
    const sealed = await seal(randomBytes(CHUNK * 5 - 3));
    const pieces = Array.from({ length: 5 }, (_, n) => sealed.subarray(n * SEALED, (n + 1) * SEALED));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 }),
        async (order) => {
          fc.pre(order.join() !== "0,1,2,3,4");
          const mixed = Buffer.concat(order.flatMap((n) => (pieces[n] ? [pieces[n]] : [])));
          await expect(open(mixed)).rejects.toMatchObject(DAMAGED);
        },
      ),
      { numRuns: 120 },
    );
  });

  test("does not open under another header, key or nonce", async () => {
    const sealed = await seal(Buffer.from("secret"));
    const others = [
      { header: Buffer.from("heades") },
      { key: randomBytes(32) },
      { nonce: randomBytes(7) },
    ] as const;
    for (const other of others)
      await expect(open(sealed, 1_000, { ...cipher, ...other })).rejects.toMatchObject(DAMAGED);
  });
});
