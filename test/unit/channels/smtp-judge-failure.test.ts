import { describe, expect, test } from "vitest";
import type { SmtpFailure } from "../../../server/channels/smtp/exchange-smtp.ts";
import { judgeFailure } from "../../../server/channels/smtp/judge-failure.ts";

const LOGIN = {
  host: "mail.acme.example",
  port: 587,
  security: "starttls",
  user: "office",
  password: "hunter2",
} as const;
const judge = (failure: Partial<SmtpFailure>) =>
  judgeFailure(
    {
      stage: "connect",
      code: "ESOCKET",
      systemCode: "",
      command: "CONN",
      status: null,
      response: "",
      message: "",
      ...failure,
    },
    { login: LOGIN, from: "ann@acme.example" },
  );
/** An answer of the server. */
const answered = (stage: SmtpFailure["stage"], command: string, response: string): Partial<SmtpFailure> => ({
  stage,
  command,
  response,
  status: Number(response.slice(0, 3)),
  code: "EENVELOPE",
  message: `failed: ${response}`,
});

describe("tried again later, since it certainly was not sent", () => {
  test.each<[string, Partial<SmtpFailure>, RegExp]>([
    ["nobody there", { systemCode: "ECONNREFUSED" }, /nothing answers/],
    ["unknown host", { code: "EDNS", systemCode: "ENOTFOUND" }, /name is not known/],
    ["silence before the greeting", { code: "ETIMEDOUT" }, /in time/],
    ["cut while logging in", { stage: "login", code: "ECONNECTION" }, /broke off before/],
    ["cut before the e-mail was handed over", { stage: "envelope", code: "ECONNECTION" }, /broke off before/],
    ["busy greeting", answered("connect", "CONN", "421 4.3.2 too many connections"), /too many connections/],
    [
      "login impossible just now",
      { ...answered("login", "AUTH PLAIN", "454 4.7.0 Temporary failure"), code: "EAUTH" },
      /Temporary/,
    ],
    ["greylisting", answered("envelope", "RCPT TO", "450 4.7.1 Greylisted"), /Greylisted/],
    ["mailbox full for now", answered("envelope", "RCPT TO", "452 4.2.2 Mailbox full"), /Mailbox full/],
    ["no to the e-mail, for now", answered("content", "DATA", "451 4.3.0 try later"), /try later/],
    [
      "closing after the e-mail, with a word",
      { ...answered("content", "CONN", "421 4.4.2 closing"), code: "ECONNECTION" },
      /closing/,
    ],
    ["a command at the wrong moment", answered("envelope", "MAIL FROM", "503 bad sequence"), /bad sequence/],
  ])("%s", (_what, failure, sentence) => {
    expect(judge(failure)).toMatchObject({
      kind: "error",
      error: {
        code: "provider_unavailable",
        retry: { kind: "later" },
        sentence: expect.stringMatching(sentence),
      },
    });
  });
});

describe("refused, with what is to be mended", () => {
  test.each<[string, Partial<SmtpFailure>, RegExp]>([
    [
      "a wrong password",
      { ...answered("login", "AUTH PLAIN", "535 5.7.8 Authentication failed"), code: "EAUTH" },
      /login office.*Check the login and its password in the brokerage's set-up/,
    ],
    [
      "an app password wanted",
      {
        ...answered("login", "AUTH PLAIN", "534-5.7.9 Application-specific password\n534 5.7.9 required"),
        code: "EAUTH",
      },
      /“5\.7\.9 Application-specific password 5\.7\.9 required”/,
    ],
    [
      "a login wanted",
      answered("envelope", "MAIL FROM", "530 5.7.0 Authentication required"),
      /login office/,
    ],
    [
      "a sender it does not allow",
      answered("envelope", "MAIL FROM", "553 5.7.1 not owned"),
      /send as a…@acme\.example/,
    ],
    [
      "relaying denied",
      answered("envelope", "RCPT TO", "550 5.7.1 Relaying denied"),
      /does not send to this address/,
    ],
    [
      "relaying denied, without a number",
      answered("envelope", "RCPT TO", "550 relay not permitted"),
      /does not send to this address/,
    ],
    [
      "blocked for policy",
      answered("envelope", "RCPT TO", "554 Blocked, see list"),
      /does not send to this address/,
    ],
    [
      "taken for spam",
      answered("content", "DATA", "554 5.7.1 Message rejected as spam"),
      /refused the e-mail itself.*spam/,
    ],
    [
      "no service for us",
      { ...answered("connect", "CONN", "554 5.7.1 No SMTP service here"), code: "EPROTOCOL" },
      /does not talk to this computer/,
    ],
    ["no STARTTLS", { ...answered("connect", "STARTTLS", "502 not implemented"), code: "ETLS" }, /STARTTLS/],
    [
      "a certificate nobody vouches for",
      { code: "ESOCKET", systemCode: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      /could not prove that it is mail\.acme\.example/,
    ],
    [
      "a certificate for another name",
      { code: "ETLS", systemCode: "ERR_TLS_CERT_ALTNAME_INVALID" },
      /could not prove/,
    ],
    [
      "TLS where there is none",
      { systemCode: "ERR_SSL_WRONG_VERSION_NUMBER" },
      /does not speak TLS from the start on port 587/,
    ],
    [
      "larger than the server says it takes",
      { stage: "envelope", code: "EMESSAGE", command: "MAIL FROM" },
      /larger than/,
    ],
  ])("%s", (_what, failure, sentence) => {
    expect(judge(failure)).toMatchObject({
      kind: "error",
      error: {
        code: "provider_refused",
        retry: { kind: "never" },
        sentence: expect.stringMatching(sentence),
      },
    });
  });
});

describe("the address takes no e-mail", () => {
  test.each<[Partial<SmtpFailure>, string | null]>([
    [answered("envelope", "RCPT TO", "550 5.1.1 <x@y.example>: no such user"), "5.1.1"],
    [answered("envelope", "RCPT TO", "550 No such user here"), null],
    [answered("envelope", "RCPT TO", "551 moved"), null],
    [answered("envelope", "RCPT TO", "552-5.2.2 over quota\n552 5.2.2 sorry"), "5.2.2"],
    [answered("envelope", "RCPT TO", "554 5.1.2 bad domain"), "5.1.2"],
    [answered("content", "DATA", "550 5.1.1 no such user"), "5.1.1"],
  ])("%j", (failure, status) => {
    expect(judge(failure)).toMatchObject({ kind: "address_refused", status });
  });
});

describe("nobody knows", () => {
  test.each(["ECONNECTION", "ETIMEDOUT", "ESOCKET"])("%s once the e-mail was handed over", (code) => {
    expect(judge({ stage: "content", code })).toMatchObject({
      kind: "error",
      error: {
        code: "provider_fate_unknown",
        sentence: expect.stringMatching(/not known whether it went out/),
      },
    });
  });
});

test("a password the server repeats is in no sentence and no log", () => {
  const encoded = Buffer.from("hunter2").toString("base64");
  const verdict = judge({
    ...answered("login", "AUTH PLAIN", `535 bad hunter2 (${encoded})`),
    code: "EAUTH",
  });
  expect(verdict.kind === "error" && `${verdict.error.sentence} ${verdict.error.message}`).not.toMatch(
    /hunter2|aHVudGVyMg/,
  );
});
