// The options of `npm start` where it serves without a window.
import { expect, test } from "vitest";
import { readStartFlags } from "../../../main/read-start-flags.ts";

test("the options of every command are taken, and a slip of the hand is named", () => {
  expect(readStartFlags(["--port", "9000", "--data-dir=/srv/gateway"])).toMatchObject({
    port: "9000",
    "data-dir": "/srv/gateway",
  });
  expect(readStartFlags([])).toEqual({});
  for (const wrong of [["--prot", "9000"], ["serve"], ["--port"]])
    expect(() => readStartFlags(wrong)).toThrow(wrong[0]);
});
