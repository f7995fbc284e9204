// A stream of any length sealed piece by piece with AES-256-GCM, as the STREAM construction has it: each nonce holds the
// piece's number and whether it is the last, so a stream that was cut, lengthened or put in another order does not open.
// Called by write-backup and read-backup.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { damaged } from "./backup-header.ts";

export interface PieceCipher {
  readonly key: Buffer;
  /** 7 bytes, never used twice with one key. */
  readonly nonce: Buffer;
  /** Bytes of content in each piece but the last. */
  readonly chunk: number;
  /** What every piece vouches for besides its content. */
  readonly header: Buffer;
}

const TAG = 16;

export async function* sealPieces(
  content: AsyncIterable<Uint8Array>,
  cipher: PieceCipher,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, last } of inPieces(content, cipher.chunk)) {
    const sealing = createCipheriv("aes-256-gcm", cipher.key, nonceOf(cipher, number++, last), {
      authTagLength: TAG,
    });
    sealing.setAAD(cipher.header);
    yield Buffer.concat([sealing.update(piece), sealing.final(), sealing.getAuthTag()]);
  }
}

/** Nothing of a piece is given out before all of it was proved. @throws GatewayError backup_unusable. */
export async function* openPieces(
  sealed: AsyncIterable<Uint8Array>,
  cipher: PieceCipher,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, last } of inPieces(sealed, cipher.chunk + TAG)) {
    if (piece.length < TAG) throw damaged();
    const opening = createDecipheriv("aes-256-gcm", cipher.key, nonceOf(cipher, number++, last), {
      authTagLength: TAG,
    });
    opening.setAAD(cipher.header);
    opening.setAuthTag(piece.subarray(piece.length - TAG));
    const content = opening.update(piece.subarray(0, piece.length - TAG));
    try {
      opening.final();
    } catch (error) {
      throw damaged(error);
    }
    yield content;
  }
}

function nonceOf({ nonce }: PieceCipher, number: number, last: boolean): Buffer {
  const whole = Buffer.alloc(12);
  nonce.copy(whole);
  whole.writeUInt32BE(number, 7);
  whole[11] = last ? 1 : 0;
  return whole;
}

/** Pieces of `size` bytes; the last may be shorter, and is empty only when there is nothing at all. */
async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    if (part.length === 0) continue;
    held.push(part);
    length += part.length;
    if (length <= size) continue;
    const all = Buffer.concat(held);
    let from = 0;
    // One piece is always held back: only what follows tells that it is not the last.
    for (; all.length - from > size; from += size)
      yield { piece: all.subarray(from, from + size), last: false };
    held = [all.subarray(from)];
    length = all.length - from;
  }
  yield { piece: Buffer.concat(held), last: true };
}
