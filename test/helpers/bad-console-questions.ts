// What a careless or curious program asks the console about channels and conversations: each with the status and the sentence
// it is to get.

export interface OutreachIds {
  /** One that may be written in. */
  readonly text: string;
  /** A call. */
  readonly call: string;
  /** Of no outreach. */
  readonly none: string;
}

/** Method, path below /api, body, status, sentence. */
export type BadQuestion = readonly ["GET" | "POST", string, unknown, number, RegExp];

const TESTS = ["twilio", "mail", "model"].map((name) => `/channels/${name}/test`);

export const badQuestions = (ids: OutreachIds): BadQuestion[] => [
  ["GET", "/channels", undefined, 400, /tenant: is missing/],
  ["GET", "/channels?tenant=a&tenant=b", undefined, 400, /tenant: must be a text/],
  ["GET", "/channels?tenant=nobody", undefined, 404, /brokerage/],
  ...TESTS.flatMap((path): BadQuestion[] => [
    ["POST", path, {}, 400, /tenant: is missing/],
    ["POST", path, { tenant: 7 }, 400, /tenant: must be a text/],
    ["POST", path, { tenant: "fub-test", url: "http://127.0.0.1" }, 400, /url: unknown field/],
    ["POST", path, { tenant: "nobody" }, 404, /brokerage/],
  ]),
  ["POST", "/channels/smoke/test", { tenant: "fub-test" }, 404, /nothing at this address/],
  ["GET", "/channels/twilio/caller-ids", undefined, 400, /tenant: is missing/],
  ["GET", "/channels/twilio/caller-ids?tenant=nobody", undefined, 404, /brokerage/],
  ["GET", "/channels/twilio/caller-ids?tenant=fub-solo", undefined, 422, /Twilio/],
  ["POST", "/channels/twilio/caller-ids", { tenant: "fub-test" }, 400, /user_id: is missing/],
  [
    "POST",
    "/channels/twilio/caller-ids",
    { tenant: "fub-test", user_id: "u9" },
    404,
    /No agent has the id u9/,
  ],
  ["POST", "/channels/twilio/caller-ids", { tenant: "fub-test", user_id: "u3" }, 422, /no outreach phone/],
  [
    "POST",
    "/channels/twilio/caller-ids",
    { tenant: "fub-test", user_id: "u1" },
    502,
    /verified at Twilio already/,
  ],
  ["POST", "/channels/twilio/caller-ids", { tenant: "fub-solo", user_id: "cara" }, 422, /Twilio/],
  ["POST", "/channels/twilio/caller-ids", { tenant: "nobody", user_id: "u1" }, 404, /brokerage/],
  ["GET", "/conversations?tenant=nobody", undefined, 404, /brokerage/],
  ["GET", `/engagements/${ids.none}/conversation`, undefined, 404, /No outreach/],
  ["POST", `/engagements/${ids.none}/conversation`, { answers: "agent" }, 404, /No outreach/],
  [
    "POST",
    `/engagements/${ids.text}/conversation`,
    {},
    400,
    /answers: must be one of: agent, automated, nobody/,
  ],
  ["POST", `/engagements/${ids.text}/conversation`, { answers: "me" }, 400, /answers: must be one of/],
  [
    "POST",
    `/engagements/${ids.text}/conversation`,
    { answers: "automated" },
    409,
    /No automated answers are set up/,
  ],
  ["POST", `/engagements/${ids.call}/conversation`, { answers: "agent" }, 409, /no conversation/],
  ["POST", `/engagements/${ids.none}/messages`, { text: "hi", click_id: "click-0001" }, 404, /No outreach/],
  ["POST", `/engagements/${ids.call}/messages`, { text: "hi", click_id: "click-0001" }, 409, /in a call/],
  ["POST", `/engagements/${ids.text}/messages`, { click_id: "click-0001" }, 400, /text: is missing/],
  [
    "POST",
    `/engagements/${ids.text}/messages`,
    { text: " ", click_id: "click-0001" },
    400,
    /text: must not be empty/,
  ],
  [
    "POST",
    `/engagements/${ids.text}/messages`,
    { text: "x".repeat(4_001), click_id: "click-0001" },
    400,
    /text: /,
  ],
  [
    "POST",
    `/engagements/${ids.text}/messages`,
    { text: "x".repeat(40_000), click_id: "click-0001" },
    413,
    /large/,
  ],
  ["POST", `/engagements/${ids.text}/messages`, { text: "hi", click_id: "a\nb" }, 400, /click_id: /],
  [
    "POST",
    `/engagements/${ids.text}/messages`,
    { text: "hi", click_id: "click-0001", to: "+1" },
    400,
    /to: unknown/,
  ],
];
