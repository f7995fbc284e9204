import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventParser, type StreamMessage } from "../../../renderer/ui/parse-events.ts";

const parse = (chunks: readonly Uint8Array[]): StreamMessage[] => {
  const messages: StreamMessage[] = [];
  const take = createEventParser((message) => messages.push(message));
  for (const chunk of chunks) take(chunk);
  return messages;
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Cuts at the given places, which may lie inside a letter. */
const cut = (whole: Uint8Array, places: readonly number[]): Uint8Array[] => {
  const ends = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b);
  return [...ends, whole.length].map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
};

describe("the event stream parser", () => {
  it("gives event and data, joins data lines, and passes comments and unknown fields over", () => {
    const text = ": heartbeat\n\nevent: engagement\nid: 4\ndata: {\ndata: }\n\ndata:x\n\nretry: 10\n\n";
    expect(parse([bytes(text)])).toEqual([
      { event: "engagement", data: "{\n}" },
      { event: "message", data: "x" },
    ]);
  });

  it("does not give a message before its empty line has come", () => {
    expect(parse([bytes("event: engagement\ndata: 1\n")])).toEqual([]);
  });

  it("takes a return and a newline that arrive apart as one line end", () => {
    expect(parse([bytes("data: a\r"), bytes("\ndata: b\r"), bytes("\n\r"), bytes("\n")])).toEqual([
      { event: "message", data: "a\nb" },
    ]);
  });

  it("reads the same messages wherever the bytes are cut, with every line end", () => {
    const message = fc.record({
      event: fc.constantFrom("engagement", "journal"),
      data: fc.json().map((text) => `${text}é漢🎈`),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.constantFrom("\n", "\r", "\r\n"),
        fc.array(fc.nat()),
        (messages, end, places) => {
          const text = messages
            .map(({ event, data }) => [`: beat`, "", `event: ${event}`, `data: ${data}`, "", ""].join(end))
            .join("");
          expect(parse(cut(bytes(text), places))).toEqual(messages);
        },
      ),
      { numRuns: 300 },
    );
  });
});
