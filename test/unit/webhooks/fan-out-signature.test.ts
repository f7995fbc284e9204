// What a program that receives forwarded events checks: written here from the specification, not from the product.
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sendForward } from "../../../server/webhooks/fan-out/send-forward.ts";
import { signEvent } from "../../../server/webhooks/fan-out/sign-event.ts";
import { rotateSecret, signingSecrets } from "../../../server/webhooks/fan-out/signing-secrets.ts";
import { openFanOut, target } from "./open-fan-out.ts";

/** As receivers do: any of the signatures, within five minutes. */
function verify(
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  nowSeconds: number,
): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const timestamp = Number(headers["webhook-timestamp"]);
  if (Math.abs(nowSeconds - timestamp) > 300) return false;
  const signed = `${headers["webhook-id"]}.${timestamp}.${body}`;
  const expected = createHmac("sha256", key).update(signed, "utf8").digest("base64");
  return (headers["webhook-signature"] ?? "")
    .split(" ")
    .some((one) => one.split(",")[0] === "v1" && one.split(",")[1] === expected);
}

describe("a forwarded event's signature", () => {
  it("is the one of the specification's published example", () => {
    const event = {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(signEvent(event, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  it("fits its own id, time, body and secret, and no other", () => {
    const secret = fc
      .uint8Array({ minLength: 24, maxLength: 64 })
      .map((bytes) => `whsec_${Buffer.from(bytes).toString("base64")}`);
    const event = { id: fc.string(), timestamp: fc.nat(), body: fc.string({ unit: "grapheme" }) };
    fc.assert(
      fc.property(fc.record(event), secret, secret, (one, right, wrong) => {
        const headers = {
          "webhook-id": one.id,
          "webhook-timestamp": String(one.timestamp),
          "webhook-signature": signEvent(one, [right]),
        };
        expect(verify(right, headers, one.body, one.timestamp)).toBe(true);
        expect(verify(right, headers, `${one.body} `, one.timestamp)).toBe(false);
        expect(verify(right, { ...headers, "webhook-id": `${one.id}x` }, one.body, one.timestamp)).toBe(
          false,
        );
        expect(verify(wrong, headers, one.body, one.timestamp)).toBe(right === wrong);
      }),
    );
  });

  it("is sent with the body as it came, the event and the brokerage", async () => {
    const room = await openFanOut([target("copy")]);
    const secret = await rotateSecret(room.deps, "acme", "copy");
    const body = '{ "eventId":"a", "event":"peopleCréated","x":"ü" }';
    await room.receive("peopleCréated", { body });
    const [forward] = await room.forwards();
    await sendForward(room.deps, forward?.id ?? 0);
    const [post] = room.posted;
    expect(post?.body.toString()).toBe(body);
    expect(post?.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": `msg_${forward?.delivery_id}`,
      "aventora-event": "peopleCr%C3%A9ated",
      "aventora-tenant": "acme",
    });
    expect(verify(secret, post?.headers ?? {}, body, room.clock.now() / 1000)).toBe(true);
  });

  it("is made with the old secret as well for a day after a rotation, and not longer", async () => {
    const room = await openFanOut([target("copy")]);
    const first = await rotateSecret(room.deps, "acme", "copy");
    const second = await rotateSecret(room.deps, "acme", "copy");
    expect(await signingSecrets(room.deps, "acme", "copy")).toEqual([second, first]);
    await room.clock.advance(24 * 3_600_000 - 1);
    expect(await signingSecrets(room.deps, "acme", "copy")).toEqual([second, first]);
    await room.clock.advance(1);
    expect(await signingSecrets(room.deps, "acme", "copy")).toEqual([second]);
    const third = await rotateSecret(room.deps, "acme", "copy");
    expect(await signingSecrets(room.deps, "acme", "copy")).toEqual([third, second]);
    expect(new Set([first, second, third]).size).toBe(3);
    for (const secret of [first, second, third]) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it("differs from target to target, and is nowhere in the database", async () => {
    const room = await openFanOut([target("one"), target("two")]);
    const one = await rotateSecret(room.deps, "acme", "one");
    const two = await rotateSecret(room.deps, "acme", "two");
    expect(one).not.toBe(two);
    const stored = JSON.stringify([
      await room.db.selectFrom("fan_out_targets").selectAll().execute(),
      await room.db.selectFrom("journal").selectAll().execute(),
      room.deps.settings.current(),
    ]);
    expect(stored).not.toContain(one.slice(6));
    expect(stored).not.toContain(two.slice(6));
  });

  it("waits for a vault that is closed, which counts as no try", async () => {
    const room = await openFanOut([target("copy")]);
    await room.receive("peopleCreated");
    const [forward] = await room.forwards();
    const closed = {
      secret: () => undefined,
      ensureInternalSecret: () => Promise.reject(new Error("closed")),
    };
    const deps = { ...room.deps, settings: { ...room.deps.settings, ...closed } };
    const failure = await sendForward(deps, forward?.id ?? 0).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "vault_unavailable", retry: { kind: "later" } });
    expect(await room.forwards()).toMatchObject([{ state: "waiting", tries: 0 }]);
  });

  it("is not made with another secret when the vault has lost its key: the target says so", async () => {
    const room = await openFanOut([target("copy")]);
    await rotateSecret(room.deps, "acme", "copy");
    const settings = { ...room.deps.settings, secret: () => "another key" };
    await room.receive("peopleCreated");
    const [forward] = await room.forwards();
    await sendForward({ ...room.deps, settings }, forward?.id ?? 0);
    expect(room.posted).toEqual([]);
    expect((await room.forwards())[0]).toMatchObject({
      state: "waiting",
      tries: 1,
      result: expect.stringContaining("Make a new one"),
    });
  });
});
