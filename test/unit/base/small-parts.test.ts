// The small parts everything stands on: ids, digests, phone numbers, parsing, the display's bus, the clock.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isoTime, systemClock } from "../../../server/base/clock.ts";
import { createDisplayBus } from "../../../server/base/display-events.ts";
import { GatewayError } from "../../../server/base/errors.ts";
import { equalSecret, hmacHex, sha256Hex } from "../../../server/base/hmac.ts";
import { newId } from "../../../server/base/ids.ts";
import { fieldProblems, parseOrThrow } from "../../../server/base/parse.ts";
import { nationalDigits, nationalForm, samePhone, toE164 } from "../../../server/base/phone-numbers.ts";

describe("ids", () => {
  const moment = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  test("sort as text in the order of their time", () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        fc.pre(a < b);
        expect(newId("eng", a) < newId("eng", b)).toBe(true);
      }),
    );
  });
  test("are unique within a millisecond and safe in an address", () => {
    const ids = Array.from({ length: 20_000 }, () => newId("act", 1_772_463_600_000));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids.slice(0, 100)) expect(id).toMatch(/^act_[0-9a-hjkmnp-tv-z]{26}$/);
  });
});

describe("digests", () => {
  test("the HMAC is the published one (RFC 4231, case 2)", () => {
    const digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    expect(hmacHex("Jefe", "what do ya want for nothing?")).toBe(digest);
    expect(hmacHex("Jefe", Buffer.from("what do ya want for nothing?"))).toBe(digest);
    expect(sha256Hex("")).toMatch(/^e3b0c44298fc1c14/);
  });
  test("two secrets are equal exactly when their texts are, whatever their lengths", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(equalSecret(left, right)).toBe(left === right);
        expect(equalSecret(left, left)).toBe(true);
      }),
    );
    expect(equalSecret("", "a".repeat(100_000))).toBe(false);
    // Unequal texts that a normalising comparison would take for the same.
    expect(equalSecret("é", "e\u0301")).toBe(false);
  });
});

describe("phone numbers", () => {
  test.each([
    ["(416) 555-0111", "+14165550111"],
    ["1-416-555-0111", "+14165550111"],
    ["+1 416.555.0111", "+14165550111"],
    ["+44 20 7946 0958", "+442079460958"],
    ["555-0111", undefined],
    ["call me", undefined],
    ["", undefined],
    [null, undefined],
    [undefined, undefined],
    ["+1 416 555 0111 999999", undefined],
  ])("%j is %j", (text, e164) => {
    expect(toE164(text)).toBe(e164);
  });
  test("two spellings of one number are the same; two blanks are not", () => {
    expect(samePhone("(416) 555-0111", "+14165550111")).toBe(true);
    expect(samePhone("4165550111", "4165550112")).toBe(false);
    expect(samePhone("", "")).toBe(false);
    expect(samePhone("n/a", "n/a")).toBe(false);
  });
  test("people read the national form, Follow Up Boss is asked by ten digits", () => {
    expect(nationalForm("+14165550111")).toBe("(416) 555-0111");
    expect(nationalForm("nothing")).toBe("nothing");
    expect(nationalDigits("+14165550111")).toBe("4165550111");
  });
  test("a number once in E.164 stays as it is, and no text makes the parser throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+()\d .-]{0,20}$/)), (text) => {
        const e164 = toE164(text);
        if (e164 !== undefined) expect(toE164(e164)).toBe(e164);
      }),
    );
  });
});

describe("parsing", () => {
  const schema = z.strictObject({
    users: z.array(z.strictObject({ id: z.string() })),
    port: z.number().optional(),
  });
  test("every problem is named with its path, unknown fields one by one", () => {
    const result = schema.safeParse({ users: [{ id: "a" }, { id: 7, nam: "x", emial: "y" }], prot: 1 });
    const paths = result.success ? [] : fieldProblems(result.error.issues).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["prot", "users[1].emial", "users[1].id", "users[1].nam"]);
  });
  test("what is wrong becomes one error with a sentence and details", () => {
    const attempt = () => parseOrThrow(schema, { users: "none" }, "settings_invalid");
    expect(attempt).toThrow(GatewayError);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ code: "settings_invalid", status: 400, details: [{ path: "users" }] });
      expect((error as GatewayError).sentence).toMatch(/^users: /);
    }
  });
  test.each([
    [{}, "is missing"],
    [{ id: true }, "must be a text or a number"],
    [{ id: "x".repeat(9) }, "may have at most 8 characters"],
    [{ id: 1, name: "ab" }, "must have at least 3 characters"],
    [{ id: 1, name: "" }, "must have at least 3 characters"],
    [{ id: 1, at: "soon" }, "must be a date and time like"],
    [{ id: 1, count: 0 }, "must be more than 0"],
    [{ id: 1, list: [] }, "must not be empty"],
  ])("%j is refused in words for a person", (body, words) => {
    const result = z
      .object({
        id: z.union([z.string().min(1).max(8), z.number()]).transform(String),
        name: z.string().min(3).optional(),
        at: z.iso.datetime({ offset: true }).optional(),
        count: z.number().positive().optional(),
        list: z.array(z.string()).min(1).optional(),
      })
      .safeParse(body);
    const [first] = fieldProblems(result.error?.issues ?? []);
    expect(first?.message).toContain(words);
    expect(first?.message).not.toMatch(/Invalid|Too |expected/);
  });
  test("a body that is not an object at all is named as the body", () => {
    expect(() => parseOrThrow(schema, "text")).toThrow(/The body: /);
  });
});

describe("the display's bus", () => {
  test("a listener that throws stops neither the others nor the one who told", () => {
    const errors: unknown[] = [];
    const heard: number[] = [];
    const bus = createDisplayBus((error) => errors.push(error));
    bus.on("journal:added", () => {
      throw new Error("closed page");
    });
    const stop = bus.on("journal:added", ({ seq }) => heard.push(seq));
    bus.emit("journal:added", { seq: 1 });
    stop();
    bus.emit("journal:added", { seq: 2 });
    bus.emit("engagement:changed", { engagementId: "eng_1", tenant: "t" });
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(2);
  });
});

describe("the system's clock", () => {
  test("sleeping ends at the signal, without an error", async () => {
    const stop = new AbortController();
    const started = systemClock.monotonic();
    setTimeout(() => stop.abort(), 5);
    await systemClock.sleep(60_000, stop.signal);
    await systemClock.sleep(60_000, stop.signal);
    expect(systemClock.monotonic() - started).toBeLessThan(5_000);
  });
  test("times are told in UTC", () => {
    expect(isoTime(0)).toBe("1970-01-01T00:00:00.000Z");
  });
});
