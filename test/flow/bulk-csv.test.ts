// CSV files at the door, as a form and as they are: what is taken, and what is refused with its line and nothing queued.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BulkAnswer } from "../../shared/bulk.schema.ts";
import { listEngagements } from "../helpers/admin-client.ts";
import { type Asked, askBulk, type Batch, readBatch, untilBatchEnded } from "../helpers/bulk-client.ts";
import type { Answer } from "../helpers/campaign-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { integratorKey } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

type File = string | Buffer<ArrayBuffer>;
const HEAD = "phone_number,instruction,name";
const ROW = "+19055552701,Invite,Ann\n";

interface Form {
  readonly field?: string;
  readonly filename?: string;
  readonly fields?: Readonly<Record<string, string>>;
}
function formOf(
  file: File | null,
  { field = "file", filename = "people.csv", fields = { domain_name: "fub-test" } }: Form,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== null) form.append(field, new Blob([file], { type: "text/csv" }), filename);
  return form;
}
const asForm = (file: File | null, form: Form = {}, asked?: Asked): Promise<Answer<BulkAnswer>> =>
  askBulk(world, "/upload", formOf(file, form), asked);
const asText = (file: File, query = "domain_name=fub-test", type = "text/csv; charset=utf-8") =>
  askBulk<BulkAnswer>(world, `/upload?${query}`, file, { headers: { "content-type": type } });

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });
async function expectNothing(sending: () => Promise<unknown>): Promise<void> {
  const count = async () => [
    (await askBulk<{ batches: Batch[] }>(world, "/batches?limit=100")).body.batches.length,
    (await listEngagements(world)).length,
  ];
  const before = await count();
  await sending();
  expect(await count()).toEqual(before);
}

describe("a file", () => {
  test.each([
    ["plain", `${HEAD}\n+19055552710,Invite,Ann\n+19055552711,Invite,Ben\n`],
    [
      "with a byte-order mark, semicolons and CRLF",
      "\uFEFFPhone Number;Instruction;Name\r\n+19055552710;Invite;Ann\r\n+19055552711;Invite;Ben\r\n",
    ],
    [
      "with quoted line breaks",
      `"phone_number","instruction","name"\n+19055552710,"Invite,\nplease",Ann\n+19055552711,"say ""hi""",Ben`,
    ],
  ])("%s, as a form and as text", async (_what, file) => {
    for (const sent of [await asForm(file), await asText(file)]) {
      expect(sent).toEqual({
        status: 200,
        body: {
          success: true,
          batch_id: expect.any(String),
          queued_calls: 2,
          skipped_calls: 0,
          errors: [],
          message: expect.stringContaining("2"),
        },
      });
      expect(await untilBatchEnded(world, sent.body.batch_id)).toMatchObject({ source: "csv", done: 2 });
    }
  });

  test("has its fields beside it; without a name the batch is called like the file", async () => {
    const fields = { domain_name: "fub-test", call_type: "conversational", campaign_name: "Summer" };
    const file = `${HEAD}\n${ROW}`;
    const named = await readBatch(world, (await asForm(file, { fields })).body.batch_id);
    expect(named).toMatchObject({ name: "Summer", call_type: "conversational" });
    const byQuery = await asText(file, new URLSearchParams(fields).toString());
    expect(await readBatch(world, byQuery.body.batch_id)).toMatchObject({ name: "Summer" });
    const called = await asForm(file, { filename: "Frühling ליאורה.csv" });
    expect((await readBatch(world, called.body.batch_id)).name).toBe("Frühling ליאורה.csv");
    const long = await asForm(file, { filename: `${"x".repeat(900)}.csv` });
    expect((await readBatch(world, long.body.batch_id)).name.length).toBeLessThanOrEqual(200);
  });

  test("names its wrong rows by line, then and later; the others go out", async () => {
    const file = `${HEAD}\n\n+19055552720,"Invite,\nplease",Ann\n12,Invite,Ben\n+19055552720,Invite,Cara\n+19055552721,,Dev\n+19055552722,Invite,Eve\n`;
    const { body } = await asForm(file);
    expect(body).toMatchObject({ queued_calls: 2, skipped_calls: 3 });
    expect(body.errors.map((error) => error.split(":")[0])).toEqual(["Line 5", "Line 6", "Line 7"]);
    expect((await readBatch(world, body.batch_id)).errors).toEqual(body.errors);
  });

  test("with the same Idempotency-Key is the same batch", async () => {
    const headers = { "idempotency-key": "file-1" };
    const first = await asForm(`${HEAD}\n${ROW}`, {}, { headers });
    expect((await asForm(`${HEAD}\n${ROW}`, {}, { headers })).body).toEqual(first.body);
    expect(await asForm(`${HEAD}\n${ROW}${ROW}`, {}, { headers })).toMatchObject(
      refused(409, "idempotency_key_reused"),
    );
  });

  test("of 1,000 rows is taken", async () => {
    // Their time comes tomorrow, so that the other tests need not wait for their records.
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const rows = Array.from({ length: 1_000 }, (_, n) => `+1647555${1000 + n},Invite,${later}\n`);
    const { body } = await asForm(`phone_number,instruction,scheduled_time\n${rows.join("")}`);
    expect(body).toMatchObject({ queued_calls: 1_000, errors: [] });
  });
});

describe("refused, with the line, and nothing queued", () => {
  test.each<readonly [string, File, number, string]>([
    ["a header only", `${HEAD}\n`, 2, "no rows"],
    ["an unknown column", `${HEAD},colour\n${ROW}`, 1, "“colour”"],
    ["a column twice", `${HEAD},name\n${ROW}`, 1, "twice"],
    ["a missing column", `phone_number,name\n+19055552701,Ann\n`, 1, "“instruction” is missing"],
    ["too few values", `${HEAD}\n${ROW}+19055552702,Invite\n`, 3, "more or fewer"],
    ["too many values", `${HEAD}\n${ROW}${ROW.trim()},x,y\n`, 3, "more or fewer"],
    ["a quote never closed", `${HEAD}\n${ROW}+19055552702,"Invite,Ann\n${ROW}`, 3, "never closed"],
    ["a quote in the middle", `${HEAD}\n+19055552702,In"vite,Ann\n`, 2, "in the middle"],
    ["NUL bytes", `${HEAD}\n+1905\0,Invite,Ann\n`, 1, "not a CSV"],
    ["1,001 rows", `${HEAD}\n${ROW.repeat(1_001)}`, 1_002, "at most 1000 rows"],
    ["Windows-1252", Buffer.from(`${HEAD}\n${ROW}+19055552702,Invité,Ann\n`, "latin1"), 3, "UTF-8"],
    ["UTF-16", Buffer.from(`\uFEFF${HEAD}\n${ROW}`, "utf16le"), 1, "UTF-8"],
    ["UTF-16 without its mark", Buffer.from(`${HEAD}\n${ROW}`, "utf16le"), 1, "not a CSV"],
  ])("%s", async (_what, file, line, says) => {
    await expectNothing(async () => {
      for (const sent of [await asForm(file), await asText(file)])
        expect(sent).toMatchObject({
          status: 400,
          body: {
            error: {
              code: "csv_invalid",
              message: expect.stringMatching(new RegExp(`^Line ${line}: .*${says}.*Nothing was queued\\.$`)),
              details: [{ line, message: expect.stringContaining(says) }],
            },
          },
        });
    });
  });

  test("an empty file, no file, another field, two files", async () => {
    await expectNothing(async () => {
      expect(await asForm("")).toMatchObject(refused(400, "csv_invalid"));
      for (const sent of [
        await asForm(null),
        await asText(""),
        await asForm(`${HEAD}\n${ROW}`, { field: "csv" }),
      ]) {
        expect(sent).toMatchObject(refused(400, "invalid_request"));
        expect(sent.body.error?.message).toContain("file");
      }
      const two = formOf(`${HEAD}\n${ROW}`, {});
      two.append("file", new Blob([ROW]), "more.csv");
      expect(await askBulk(world, "/upload", two)).toMatchObject(refused(400, "invalid_request"));
    });
  });

  test("6 MB: too large, either way", async () => {
    const large = `${HEAD}\n${ROW.repeat(250_000)}`;
    expect(large.length).toBeGreaterThan(6_000_000);
    await expectNothing(async () => {
      expect(await asForm(large)).toMatchObject(refused(413, "payload_too_large"));
      expect(await asText(large)).toMatchObject(refused(413, "payload_too_large"));
    });
  });

  test("another content type, or a form that is none", async () => {
    await expectNothing(async () => {
      for (const type of ["application/json", "text/plain", "application/vnd.ms-excel", "nonsense"])
        expect(await asText(`${HEAD}\n${ROW}`, undefined, type)).toMatchObject(
          refused(415, "unsupported_media_type"),
        );
      for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
        expect(await asText("no form at all", undefined, type)).toMatchObject(
          refused(400, "invalid_request"),
        );
    });
  });

  test("fields beside it that are wrong, and keys of others", async () => {
    const file = `${HEAD}\n${ROW}`;
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, "x"]));
    await expectNothing(async () => {
      for (const [fields, says] of [
        [{}, "domain_name"],
        [{ domain_name: "fub-test", call_type: "survey" }, "call_type"],
        [{ domain_name: "fub-test", "call_type[a]": "x" }, "call_type"],
        [{ domain_name: "fub-test", campaign_name: "x".repeat(300) }, "campaign_name"],
        [many, "too many"],
      ] as const) {
        const sent = await asForm(file, { fields });
        expect(sent).toMatchObject(refused(400, "invalid_request"));
        expect(sent.body.error?.message).toContain(says);
      }
      const theirs = { key: integratorKey(world, "fub-solo") };
      expect(await asForm(file, {}, theirs)).toMatchObject(refused(403, "forbidden"));
      expect(await asForm(file, {}, { key: null })).toMatchObject(refused(401, "unauthorized"));
      expect(await asForm(file, { fields: { domain_name: "nobody" } })).toMatchObject(
        refused(404, "tenant_not_found"),
      );
    });
  });
});
