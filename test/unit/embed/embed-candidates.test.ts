// The order is seed 000's table "Embed secret resolution order".
import { expect, test } from "vitest";
import { embedCandidates, otherAppCandidates } from "../../../server/embed/embed-candidates.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";

const tenant = tenantSchema.parse({ domain_name: "acme", users: [{ id: "u1" }, { id: "u2" }] });
const ALL = new Map([
  ["tenant/acme/fub_embedded_app_secret", "account embed"],
  ["tenant/acme/fub_campaign_embedded_app_secret", "account campaign"],
  ["platform/FUB_EMBEDDED_APP_SECRET", "hub embed"],
  ["platform/FUB_CAMPAIGN_EMBEDDED_APP_SECRET", "hub campaign"],
  ["platform/FUB_SYSTEM_KEY", "hub system"],
  ["user/acme/u1/fub_embedded_app_secret", "user one"],
  ["user/acme/u2/fub_embedded_app_secret", "user two"],
  ["tenant/other/fub_embedded_app_secret", "somebody else's"],
]);
const read = (name: string) => ALL.get(name);

test("the single-contact app: account, gateway's embed secret, system key, then the agents' own", () => {
  expect(embedCandidates("embed", tenant, read)).toEqual([
    { origin: "account fub_embedded_app_secret", secret: "account embed" },
    { origin: "gateway FUB_EMBEDDED_APP_SECRET", secret: "hub embed" },
    { origin: "gateway FUB_SYSTEM_KEY", secret: "hub system" },
    { origin: "user u1 fub_embedded_app_secret", secret: "user one", userId: "u1" },
    { origin: "user u2 fub_embedded_app_secret", secret: "user two", userId: "u2" },
  ]);
});

test("the campaign app: both of the account, both of the gateway, system key, then the agents' own", () => {
  expect(embedCandidates("campaign", tenant, read).map(({ origin }) => origin)).toEqual([
    "account fub_campaign_embedded_app_secret",
    "account fub_embedded_app_secret",
    "gateway FUB_CAMPAIGN_EMBEDDED_APP_SECRET",
    "gateway FUB_EMBEDDED_APP_SECRET",
    "gateway FUB_SYSTEM_KEY",
    "user u1 fub_embedded_app_secret",
    "user u2 fub_embedded_app_secret",
  ]);
});

test("what is not set or empty is no candidate; without a tenant only the gateway's own are", () => {
  const some = (name: string) => (name === "platform/FUB_SYSTEM_KEY" ? "hub system" : "");
  expect(embedCandidates("embed", tenant, some)).toEqual([
    { origin: "gateway FUB_SYSTEM_KEY", secret: "hub system" },
  ]);
  expect(embedCandidates("embed", tenant, () => undefined)).toEqual([]);
  expect(embedCandidates("embed", undefined, read).map(({ secret }) => secret)).toEqual([
    "hub embed",
    "hub system",
  ]);
});

test("the other app's secrets are those that are not this app's too", () => {
  expect(otherAppCandidates("embed", tenant, read).map(({ secret }) => secret)).toEqual([
    "account campaign",
    "hub campaign",
  ]);
  expect(otherAppCandidates("campaign", tenant, read)).toEqual([]);
  const same = (name: string) => (name.includes("embedded_app_secret") ? "one for both" : undefined);
  expect(otherAppCandidates("embed", tenant, same)).toEqual([]);
});
