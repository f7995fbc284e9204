// CSV files as brokerages have them: what is read, and the line of what is wrong.
import { describe, expect, test } from "vitest";
import { readCsv } from "../../../server/campaigns/read-csv.ts";

const rowsOf = (text: string | Buffer) => readCsv(Buffer.from(text));
const wrong = (text: string | Buffer): { line: number; message: string } => {
  try {
    rowsOf(text);
  } catch (error) {
    const { code, sentence, details } = error as {
      code: string;
      sentence: string;
      details: { line: number; message: string }[];
    };
    expect(code).toBe("csv_invalid");
    const [first] = details;
    expect(sentence).toBe(`Line ${first?.line}: ${first?.message}. Nothing was queued.`);
    if (first) return first;
  }
  throw new Error("the file was taken");
};
const HEAD = "phone_number,instruction,name";
const ONE = { phone_number: "+14165550131", instruction: "Call", name: "Nivia" };

describe("files that are read", () => {
  test.each([
    ["plain", `${HEAD}\n+14165550131,Call,Nivia\n`],
    ["without a last line break", `${HEAD}\n+14165550131,Call,Nivia`],
    ["CRLF", `${HEAD}\r\n+14165550131,Call,Nivia\r\n`],
    ["old Mac line breaks", `${HEAD}\r+14165550131,Call,Nivia\r`],
    ["a byte-order mark", `\uFEFF${HEAD}\n+14165550131,Call,Nivia\n`],
    [
      "a byte-order mark and quotes",
      `\uFEFF"phone_number","instruction","name"\n"+14165550131","Call","Nivia"`,
    ],
    ["semicolons", "phone_number;instruction;name\n+14165550131;Call;Nivia\n"],
    ["titles as people write them", "Phone Number, INSTRUCTION ,Name\n+14165550131,Call,Nivia\n"],
    ["blanks around values", `${HEAD}\n +14165550131 , Call ,Nivia\n`],
  ])("%s", (_what, text) => {
    expect(rowsOf(text)).toEqual([{ line: 2, row: ONE }]);
  });

  test("each row is known by the line it begins on, over empty lines and line breaks in quotes", () => {
    const text = `${HEAD}\n\n+14165550131,"Call\nand say ""hi"",\nplease",A\n,,\n+14165550132,Call,B\n`;
    expect(rowsOf(text)).toEqual([
      { line: 3, row: { ...ONE, instruction: 'Call\nand say "hi",\nplease', name: "A" } },
      { line: 7, row: { ...ONE, phone_number: "+14165550132", name: "B" } },
    ]);
  });

  test("line breaks in quotes are counted whatever kind they are", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = [HEAD, '+14165550131,"a', 'b","c', "d", '"', "+14165550132,Call,B", ""].join(end);
      expect(rowsOf(text).map(({ line }) => line)).toEqual([2, 6]);
    }
  });

  test("semicolons below an empty line", () => {
    expect(rowsOf("\n\nphone_number;instruction\n+14165550131;Call\n")).toEqual([
      { line: 4, row: { phone_number: "+14165550131", instruction: "Call" } },
    ]);
  });

  test("empty values are left out; other scripts stay as they are", () => {
    expect(rowsOf("email,phone_number,instruction,name\n,+14165550131,Call,ליאורה בן־דוד 🏠\n")).toEqual([
      { line: 2, row: { ...ONE, name: "ליאורה בן־דוד 🏠" } },
    ]);
  });

  test("e-mail template parameters are JSON; what is none is the row's own problem", () => {
    const text = `email,instruction,email_template_params\na@b.example,Hi,"{""first"":""Ann""}"\nc@d.example,Hi,{first\n`;
    const [good, bad] = rowsOf(text);
    expect(good?.row.email_template_params).toEqual({ first: "Ann" });
    expect(bad).toMatchObject({ line: 3, problem: expect.stringContaining("email_template_params") });
  });

  test("1,000 rows are taken, the last one's line is right", () => {
    const rows = rowsOf(`${HEAD}\n${"+14165550131,Call,Nivia\n".repeat(1_000)}`);
    expect(rows).toHaveLength(1_000);
    expect(rows.at(-1)?.line).toBe(1_001);
  });
});

describe("files that are refused", () => {
  const row = "+14165550131,Call,Nivia\n";
  test.each([
    ["nothing", "", 1, "is empty"],
    ["line breaks only", "\n\n", 1, "is empty"],
    ["a byte-order mark only", "\uFEFF", 1, "is empty"],
    ["a header only", `${HEAD}\n`, 2, "no rows"],
    ["a header and empty rows", `${HEAD}\n,,\n\n`, 2, "no rows"],
    ["an unknown column", `${HEAD},colour\n`, 1, "“colour”"],
    ["a column without a name", `${HEAD},\n${row}`, 1, "unknown column"],
    ["a column twice", `${HEAD},Name\n${row}`, 1, "“name” stands there twice"],
    ["no instruction", "phone_number,name\n+14165550131,Nivia\n", 1, "“instruction” is missing"],
    ["no way to reach anybody", "instruction,name\nCall,Nivia\n", 1, "“phone_number” or “email” is missing"],
    ["too few values", `${HEAD}\n${row}+14165550132,Call\n`, 3, "more or fewer values"],
    ["too many values", `${HEAD}\n${row}${row}+14165550132,Call,B,extra\n`, 4, "more or fewer values"],
    ["a quote never closed", `${HEAD}\n${row}+14165550132,"Call,B\n${row}${row}`, 3, "never closed"],
    ["a quote never closed in the header", `phone_number,"instruction,name\n${row}`, 1, "never closed"],
    ["a quote in the middle", `${HEAD}\n${row}+14165550132,Ca"ll,B\n`, 3, "in the middle"],
    ["a value after a quote", `${HEAD}\n+14165550132,"Call" now,B\n`, 2, "in the middle"],
    ["NUL bytes", `${HEAD}\n${row}\0\0\0\n`, 1, "not a CSV file"],
    ["1,001 rows", `${HEAD}\n${row.repeat(1_001)}`, 1_002, "at most 1000 rows"],
    ["tabs", `${HEAD.replaceAll(",", "\t")}\n`, 1, "unknown column"],
  ])("%s", (_what, text, line, says) => {
    const problem = wrong(text);
    expect(problem).toEqual({ line, message: expect.stringContaining(says) });
  });

  test("Windows-1252: the line of the first letter that is not UTF-8", () => {
    const text = `${HEAD}\n${row}${row}+14165550132,Appelle José,B\n`;
    expect(wrong(Buffer.from(text, "latin1"))).toEqual({
      line: 4,
      message: expect.stringContaining("UTF-8"),
    });
    const marked = Buffer.concat([
      Buffer.from("\uFEFFphone_number,instruction\n1,a\n2,"),
      Buffer.from([0xe9]),
    ]);
    expect(wrong(marked).line).toBe(3);
    const replaced = Buffer.concat([Buffer.from("a\uFFFDb\nc\n"), Buffer.from([0xe9])]);
    expect(wrong(replaced).line).toBe(3);
  });

  test("UTF-16, with and without its mark", () => {
    const text = Buffer.from(`${HEAD}\n${row}`, "utf16le");
    expect(wrong(Buffer.concat([Buffer.from([0xff, 0xfe]), text])).line).toBe(1);
    expect(wrong(text)).toEqual({ line: 1, message: expect.stringContaining("not a CSV") });
  });

  test("a picture", () => {
    expect(wrong(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])).line).toBe(1);
  });

  test("a long file with a quote that is never closed is refused at that quote", () => {
    expect(wrong(`${HEAD}\n+14165550132,"Call,B\n${row.repeat(150_000)}`).line).toBe(2);
  });
});
