import { describe, expect, test } from "vitest";
import { createEmbedSessions, type EmbedSession } from "../../../server/embed/embed-sessions.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const SESSION: EmbedSession = {
  app: "embed",
  tenant: "acme",
  accountId: "1",
  crmUserId: "2",
  crmUserName: "Ann",
  userId: "ann",
  actsWith: "user:ann",
  person: {
    id: "107",
    name: "Dana Scott",
    phones: [{ value: "+14165550111", isPrimary: true, isLandline: null, relationshipId: null }],
    emails: [],
  },
};
const expired = { code: "session_expired", status: 401 };

describe("an open page's token", () => {
  test("says everything it was given, to this gateway only", async () => {
    const sessions = createEmbedSessions("secret", createFakeClock());
    const token = await sessions.issue(SESSION);
    expect(await sessions.read(token, "embed")).toEqual(SESSION);
    // Unreadable to the page: neither the text nor its base64 shows a name or number.
    const parts = token.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
    expect([token, ...parts].join("")).not.toMatch(/Dana|4165550111|acme/);
    expect(await sessions.issue(SESSION)).not.toBe(token);
  });

  test("works for half an hour to the second", async () => {
    const clock = createFakeClock();
    const sessions = createEmbedSessions("secret", clock);
    const token = await sessions.issue(SESSION);
    await clock.advance(30 * 60_000 - 1_000);
    expect((await sessions.read(token, "embed")).tenant).toBe("acme");
    await clock.advance(1_000);
    await expect(sessions.read(token, "embed")).rejects.toMatchObject(expired);
  });

  test("of the other app, of another key or changed at any place is no token", async () => {
    const clock = createFakeClock();
    const sessions = createEmbedSessions("secret", clock);
    const token = await sessions.issue(SESSION);
    await expect(sessions.read(token, "campaign")).rejects.toMatchObject(expired);
    await expect(createEmbedSessions("other", clock).read(token, "embed")).rejects.toMatchObject(expired);
    const starts = [0, 10, token.indexOf("..") + 3, token.lastIndexOf(".") - 5, token.lastIndexOf(".") + 2];
    for (const at of starts) {
      const changed = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
      await expect(sessions.read(changed, "embed"), `changed at ${at}`).rejects.toMatchObject(expired);
    }
    for (const junk of ["", "x", "a.b.c", token.slice(0, -4), `${token}.`, "eyJhbGciOiJub25lIn0.e30."])
      await expect(sessions.read(junk, "embed"), junk).rejects.toMatchObject(expired);
  });
});
