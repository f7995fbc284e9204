import { describe, expect, it } from "vitest";
import {
  closedChannels,
  contactsFor,
  firstChannel,
  whyClosed,
} from "../../../renderer/embed/choose-contact.ts";
import { readEngagement } from "../../../renderer/embed/read-engagement.ts";
import { withEngagement } from "../../../renderer/embed/view-recent.ts";
import { createChoiceMemory } from "../../../renderer/ui/last-choices.ts";
import { readModel } from "../../../renderer/ui/read-model.ts";
import { ENDED, HARD_NAMES, READY, STARTED } from "../../e2e/embed-samples.ts";

describe("choosing a contact", () => {
  it("offers the usable ones first and greys the others with their reason", () => {
    const options = contactsFor(READY, "sms");
    expect(options.map(({ contact, usable, note }) => [contact.value, usable, note])).toEqual([
      ["+14165550123", true, null],
      ["+14165550188", false, "Landline"],
    ]);
    expect(contactsFor(READY, "email").map(({ contact }) => contact.kind)).toEqual(["email"]);
  });

  it("closes a channel with the server's reason, else the contact's, else that there is none", () => {
    expect(whyClosed(HARD_NAMES, "chat")).toContain("not set up");
    expect(whyClosed(HARD_NAMES, "phone")).toContain("relationship");
    expect(whyClosed({ contacts: [] }, "phone")).toBe("No phone number");
    expect(whyClosed({ contacts: [] }, "email")).toBe("No e-mail address");
    expect(whyClosed({ contacts: [] }, "chat")).toBeNull();
    expect(whyClosed({}, "phone")).toBeNull();
    expect(whyClosed(READY, "phone")).toBeNull();
  });

  it("says a reason once for all channels it closes", () => {
    expect(closedChannels({ contacts: [] })).toEqual([
      { names: "Phone, SMS, WhatsApp message, WhatsApp voice", reason: "No phone number" },
      { names: "Email", reason: "No e-mail address" },
    ]);
  });

  it("begins with the channel used last, unless this person cannot be reached on it", () => {
    expect(firstChannel(READY, "sms")).toBe("sms");
    expect(firstChannel(HARD_NAMES, "sms")).toBe("email");
    expect(firstChannel({ contacts: [], blocked: { chat: "no" } }, null)).toBe("phone");
  });
});

describe("the memory of choices", () => {
  const store = () => {
    const map = new Map<string, string>();
    return {
      map,
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
    };
  };
  const choice = { channel: "sms", callType: "conversational" } as const;

  it("keeps the last five instructions, newest first, each once and never an empty one", () => {
    const memory = createChoiceMemory(store, "t.ann");
    expect(memory.read()).toEqual({ channel: null, callType: null, instructions: [] });
    const kept = store();
    const real = createChoiceMemory(() => kept, "t.ann");
    for (const instruction of ["1", "2", "3", " 2 ", "4", "5", "6", "  "]) {
      real.remember({ ...choice, instruction });
    }
    expect(real.read()).toEqual({ ...choice, instructions: ["6", "5", "4", "2", "3"] });
    expect(createChoiceMemory(() => kept, "t.ben").read().instructions).toEqual([]);
  });

  it("gives a draft back once, and only for the person it was written for", () => {
    const kept = store();
    const memory = createChoiceMemory(() => kept, "t.ann");
    memory.saveDraft("812", "Ask about Saturday");
    expect(memory.takeDraft("812")).toBe("Ask about Saturday");
    expect(memory.takeDraft("812")).toBe("");
    memory.saveDraft("812", "x");
    expect(memory.takeDraft("9")).toBe("");
  });

  it("works without storage and with nonsense in it", () => {
    const blocked = createChoiceMemory(() => {
      throw new Error("The request was denied.");
    }, "t.ann");
    blocked.remember({ ...choice, instruction: "x" });
    blocked.saveDraft("1", "x");
    expect(blocked.read().channel).toBeNull();
    expect(blocked.takeDraft("1")).toBe("");
    for (const text of ["{", "7", '{"channel":"fax","callType":3,"instructions":[1,"ok",""]}']) {
      const kept = store();
      kept.map.set("aventora.choices.t.ann", text);
      const { channel, callType } = createChoiceMemory(() => kept, "t.ann").read();
      expect([channel, callType]).toEqual([null, null]);
    }
  });
});

describe("what came from the server", () => {
  it("is an engagement only with the fields the page relies on", () => {
    expect(readEngagement(STARTED)).toBe(STARTED);
    for (const broken of [null, [], {}, { ...STARTED, status: 3 }, { ...STARTED, transcript: [{}] }]) {
      expect(readEngagement(broken)).toBeNull();
    }
  });

  it("is a model, or else a page that says so", () => {
    expect(readModel(JSON.stringify(READY))).toEqual(READY);
    for (const text of [null, "", "null", "{}", "<"]) expect(readModel(text).state).toBe("internal");
  });
});

describe("the last outreaches", () => {
  it("show a new one first and an old one where it was, with its newest standing", () => {
    const known = { at: "2026-01-01T00:00:00.000Z", by: "Ann One" };
    const first = withEngagement(READY.recent ?? [], STARTED, known);
    expect(first.map((row) => row.engagement_id)).toEqual(["e-1", "r-1", "r-2"]);
    const then = withEngagement(first, { ...ENDED, engagement_id: "r-1" }, known);
    expect(then.map((row) => [row.engagement_id, row.outcome])).toEqual([
      ["e-1", null],
      ["r-1", "connected"],
      ["r-2", "delivered"],
    ]);
    expect(then[1]?.at).toBe(READY.recent?.[0]?.at);
  });
});
