import { expect, it } from "vitest";
import { sayAuthor } from "../../../server/engagements/say-author.ts";

const AGENTS = [
  { id: "u1", name: "Ann One" },
  { id: "u2", name: "" },
];

it.each([
  ["agent:u1", "Ann One"],
  ["agent:u2", "u2"],
  ["agent:gone", "gone"],
  ["agent", "Somebody at the console"],
  ["automated", "The assistant"],
  ["system", "The gateway"],
  [null, undefined],
])("what %s wrote is told as by %s", (author, said) => expect(sayAuthor(author, AGENTS)).toBe(said));
