// The contact rules at the console: the hours can be edited while the gateway runs; the ledger is found, paged and exported,
// each brokerage's by itself.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  contactHoursSchema,
  hoursCheckSchema,
  ledgerPageSchema,
} from "../../shared/console/contact-rules.schema.ts";
import { homeOf } from "../helpers/ask-console.ts";
import { askConsole, refusalIn, sendConsole, tellConsole } from "../helpers/console-client.ts";
import {
  addPeople,
  ask,
  ledgerOf,
  type RulesWorld,
  refusalOf,
  startRulesWorld,
} from "../helpers/contact-rules.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { admin, startOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let at: RulesWorld;
beforeAll(async () => {
  // Tuesday, noon in New York.
  at = await startRulesWorld("2026-11-24T17:00:00Z");
});
afterAll(() => at.close());

const readText = (path: string): string => readFileSync(path, "utf8");

describe("the hours", () => {
  const hours = () => askConsole(at, contactHoursSchema, "/contact-hours");
  const check = (number: string, more = "") =>
    askConsole(at, hoursCheckSchema, `/contact-hours/check?number=${encodeURIComponent(number)}${more}`);
  const MIAMI = "+13055550131";
  const edited = () =>
    waitFor("the file to be noticed", async () => ((await check(MIAMI)).open ? undefined : true));

  test("are told with their source, and for a number at a moment", async () => {
    const { origin, problem, rules } = await hours();
    expect({ origin, problem }).toEqual({ origin: "built-in", problem: null });
    expect(rules.map(({ regions }) => regions)).toEqual(
      expect.arrayContaining(["US-FL (Florida)", "Elsewhere", "Unknown place (America/New_York)"]),
    );
    expect(await check("(305) 555-0131", "&at=2026-11-24T20:05:00-05:00")).toEqual({
      contact: MIAMI,
      open: false,
      sentence: "8:05 pm in America/New_York; calls are allowed 8 am-8 pm (Florida)",
      until: "2026-11-25T13:00:00.000Z",
      zones: ["America/New_York"],
    });
    expect(await check(MIAMI, "&channel=sms")).toMatchObject({ open: true, until: null });
  });

  test("edited while it runs hold at once, also where they leave no hour at all", async () => {
    const written = await askConsole(at, contactHoursSchema, "/contact-hours/file", { method: "POST" });
    expect(written).toMatchObject({ problem: null });
    await waitFor("the file to hold", async () => ((await hours()).origin === "file" ? true : undefined));
    const file = JSON.parse(readText(written.file));
    for (const rule of file.rules)
      if (rule.region === "US-FL") rule.hours = { weekdays: "closed", saturday: "closed", sunday: "closed" };
    writeFileSync(written.file, JSON.stringify(file));
    await edited();
    const refused = await ask(at, { phone_number: MIAMI });
    expect(refused.body.error?.message).toContain("no time of the week is allowed");
    // No time can be offered, so none is.
    expect(refusalOf(refused)).toMatchObject({ rule: "outside_hours" });
    expect(refusalOf(refused).next_allowed_at).toBeUndefined();
    addPeople(at, [{ id: 9001, phone: MIAMI, tags: ["Aventora Call"] }]);
    const tags = { data: { tags: ["Aventora Call"] } };
    await postWebhook(at.url, "fub-test", deliveryBody("peopleTagsCreated", [9001], tags));
    await waitFor("the tag to be refused", async () => {
      const { body } = await admin<{ deliveries: { result: string | null }[] }>(at, "GET", "/deliveries");
      return body.deliveries.find(({ result }) => result === "1 refused (outside_hours).");
    });
    // A second time the brokerage's own file is left as it is.
    await tellConsole(at, "POST", "/contact-hours/file");
    expect(JSON.parse(readText(written.file))).toEqual(file);
  });

  test("that cannot be read are told at the start page, and the built-in ones hold until the file is mended or gone", async () => {
    const { file } = await hours();
    const text = readText(file);
    for (const [broken, why] of [
      [text.slice(0, 500), "it is not valid JSON"],
      [text.replace('"weekdays":"closed"', '"weekdays":"9 to 5"'), "must be like 08:00-21:00, or closed"],
    ] as const) {
      writeFileSync(file, broken);
      const told = await waitFor("the problem", async () => {
        const now = await hours();
        return now.problem?.includes(why) ? now : undefined;
      });
      expect(told.origin).toBe("built-in");
      expect(await check(MIAMI)).toMatchObject({ open: true });
      const { needs_you: needs } = await homeOf(at);
      expect(needs.find(({ id }) => id === "contact-hours")).toMatchObject({
        severity: "error",
        sentence: told.problem,
        action: { to: "/settings/contact-rules" },
      });
    }
    rmSync(file);
    await waitFor("the problem to go", async () => ((await hours()).problem === null ? true : undefined));
    expect((await homeOf(at)).needs_you.find(({ id }) => id === "contact-hours")).toBeUndefined();
  });
});

describe("the ledger", () => {
  test("is found by number, outreach, decision, rule and time, page by page, each brokerage's alone", async () => {
    const ids: string[] = [];
    for (const phone_number of ["(416) 555-0171", "416.555.0172"]) {
      ids.push(await startOutreach(at, { phone_number }));
      await untilOver(at, ids.at(-1) ?? "");
    }
    const entry = { tenant: "fub-test", kind: "do_not_call", contact: "416 555 0191" };
    expect(await tellConsole(at, "POST", "/suppressions", entry)).toMatchObject({ status: 201 });
    await ask(at, { phone_number: "+14165550191" });
    const rows = await ledgerOf(at, {});
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted((a, b) => b - a));
    const [first = ""] = ids;
    for (const search of ["+14165550171", "416-555-0171", first])
      expect((await ledgerOf(at, { search })).map(({ stage }) => stage)).toEqual(["launch", "queue"]);
    expect(await ledgerOf(at, { decision: "refused", rule: "do_not_call" })).toMatchObject([
      { contact: "+14165550191", decision: "refused", channel: "phone" },
    ]);
    const cut = rows[2]?.at ?? "";
    expect(await ledgerOf(at, { from: cut })).toHaveLength(rows.filter((row) => row.at >= cut).length);
    expect(await ledgerOf(at, { to: cut })).toHaveLength(rows.filter((row) => row.at < cut).length);

    const paged: number[] = [];
    for (let before = ""; ; ) {
      const page = await askConsole(at, ledgerPageSchema, `/ledger?tenant=fub-test&limit=2${before}`);
      paged.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(paged).toEqual(rows.map(({ id }) => id));
    expect(await askConsole(at, ledgerPageSchema, "/ledger?tenant=fub-solo")).toEqual({
      rows: [],
      next: null,
    });
    expect(await askConsole(at, ledgerPageSchema, `/ledger?tenant=fub-solo&search=${first}`)).toMatchObject({
      rows: [],
    });
  });

  test("is exported as the same rows, oldest first, with nothing in it that a spreadsheet would run", async () => {
    await untilOver(at, await startOutreach(at, { email_address: "=1+1@people.example" }));
    const rows = (await ledgerOf(at, {})).toReversed();
    const { headers, text } = await sendConsole(at, "/ledger.csv?tenant=fub-test");
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="ledger fub-test.csv"');
    const [head, ...lines] = text
      .replace(/^\uFEFF/, "")
      .trimEnd()
      .split("\r\n");
    expect(head).toBe(
      "Time (UTC),Brokerage,Stage,Decision,Rule,Channel,Number or address,Person id,Agent id,Engagement id,Campaign id,Detail",
    );
    expect(lines).toHaveLength(rows.length);
    for (const [index, row] of rows.entries())
      expect(lines[index]).toMatch(
        new RegExp(`^${row.at},fub-test,${row.stage},${row.decision},${row.rule ?? ""},${row.channel},`),
      );
    expect(lines.filter((line) => line.includes(",'=1+1@people.example,"))).toHaveLength(2);
    expect(lines.join("\n")).not.toMatch(/(^|,)"?[=@]/m);

    const refused = await sendConsole(at, "/ledger.csv?tenant=fub-test&decision=refused&rule=do_not_call");
    expect(refused.text.trimEnd().split("\r\n")).toHaveLength(2);
    expect((await sendConsole(at, "/ledger.csv?tenant=fub-solo")).text.trimEnd().split("\r\n")).toHaveLength(
      1,
    );
  });

  test("outlives the brokerage: what was taken out of the settings can still be shown and exported", async () => {
    const rows = await ledgerOf(at, {});
    const { status } = await tellConsole(at, "DELETE", "/tenants/fub-test", { revision: null });
    expect(status).toBe(200);
    expect(await ledgerOf(at, {})).toEqual(rows);
    expect((await sendConsole(at, "/ledger.csv?tenant=fub-test")).status).toBe(200);
    const again = await tellConsole(at, "POST", "/suppressions", {
      tenant: "fub-test",
      kind: "opt_out",
      contact: "4165550131",
    });
    expect(refusalIn(again)).toMatchObject({ status: 404, code: "tenant_not_found" });
  });
});
