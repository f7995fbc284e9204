// What a contact writes goes out once, in order, whatever becomes of the answers.
import { describe, expect, it } from "vitest";
import { createOutbox } from "../../../renderer/chat/outbox.ts";
import type { ChatMessage, ChatWrite } from "../../../shared/chat.schema.ts";

type Reply = "drop" | "taken" | readonly [status: number, code: string];

const own = (text: string): ChatMessage => ({
  at: "2026-11-30T12:00:00.000Z",
  direction: "inbound",
  text,
  automated: false,
});
const theirs = (text: string): ChatMessage => ({ ...own(text), direction: "outbound" });

/** An outbox whose gateway gives the replies one after the other, then takes everything. */
function open(replies: readonly Reply[]) {
  const rest = [...replies];
  const sent: ChatWrite[] = [];
  const taken: unknown[] = [];
  let made = 0;
  const outbox = createOutbox({
    post: async (body) => {
      sent.push(body);
      const reply = rest.shift() ?? "taken";
      if (reply === "drop") throw new TypeError("Failed to fetch");
      if (reply === "taken") return Response.json({ took: body.text }, { status: 202 });
      return Response.json({ error: { code: reply[1], message: "No." } }, { status: reply[0] });
    },
    newClickId: () => `click-${++made}`,
    sleep: async () => undefined,
    onChange: () => undefined,
    onTaken: (answer) => taken.push(answer),
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const states = () => outbox.all().map(({ text, state, retry }) => [text, state, retry]);
  return { outbox, sent, taken, settled, states };
}

describe("a message", () => {
  it("goes out again as the same message while no answer comes, and those behind it wait", async () => {
    const { outbox, sent, taken, settled, states } = open(["drop", "drop"]);
    outbox.add("One", []);
    outbox.add("Two", []);
    expect(states()).toEqual([
      ["One", "sending", false],
      ["Two", "waiting", false],
    ]);
    await settled();
    expect(sent.map(({ text, click_id }) => [text, click_id])).toEqual([
      ["One", "click-1"],
      ["One", "click-1"],
      ["One", "click-1"],
      ["Two", "click-2"],
    ]);
    expect(taken).toEqual([{ took: "One" }, { took: "Two" }]);
    expect(states()).toEqual([]);
  });

  it("that found nobody goes out when the connection is back; one that was refused for good never again", async () => {
    const { outbox, sent, settled, states } = open(["drop", "drop", "drop", [409, "wrong_state"]]);
    outbox.add("Lost", []);
    outbox.add("Refused", []);
    await settled();
    expect(states()).toEqual([
      ["Lost", "failed", true],
      ["Refused", "failed", false],
    ]);
    outbox.retryLost();
    outbox.retry("click-2");
    await settled();
    expect(states()).toEqual([["Refused", "failed", false]]);
    expect(sent.filter(({ text }) => text === "Lost").every(({ click_id }) => click_id === "click-1")).toBe(
      true,
    );
    expect(sent.filter(({ text }) => text === "Refused")).toHaveLength(1);
  });

  it("that came too fast is not sent again by itself, only when asked", async () => {
    const { outbox, sent, settled, states } = open([[429, "rate_limited"]]);
    outbox.add("One", []);
    await settled();
    outbox.retryLost();
    await settled();
    expect(states()).toEqual([["One", "failed", true]]);
    outbox.retry("click-1");
    await settled();
    expect(states()).toEqual([]);
    expect(sent.map(({ click_id }) => click_id)).toEqual(["click-1", "click-1"]);
  });

  it("whose answer was lost is forgotten once it stands in the chat, but not for an older one of the same text", async () => {
    const { outbox, settled, states } = open(Array(6).fill("drop"));
    const before = [own("ok"), theirs("ok")];
    outbox.add("ok", before);
    outbox.add("ok", before);
    await settled();
    outbox.settle([...before, theirs("ok")]);
    expect(states()).toHaveLength(2);
    outbox.settle([...before, own("ok")]);
    expect(states()).toHaveLength(1);
    outbox.settle([...before, own("ok"), own("ok")]);
    expect(states()).toHaveLength(0);
  });
});
