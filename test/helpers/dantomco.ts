// The brokerage of the vendor's published vector beside the demo's: its account in the sandbox, its setup, its pages.
import { buildAccount, buildPerson, buildUser } from "../../server/sandbox/build-account.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { encodeContext, signContext } from "../../server/sandbox/sign-context.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import vector from "../fixtures/vendor-vector.json" with { type: "json" };
import { type OpenedPage, openPage } from "./embed-client.ts";
import { startTestWorld, type TestWorld } from "./start-gateway.ts";

export const CAMPAIGN_SECRET = "0123456789abcdef0123456789abcdef";
export const SHARED_SECRET = "feedfacefeedfacefeedfacefeedface";
export const AGENT_SECRET = "a9e47a9e47a9e47a9e47a9e47a9e4700";
export const VECTOR_QUERY = `context=${vector.context}&signature=${vector.signature}`;

const owner = buildUser("dantomco", {
  id: 1,
  firstName: "Tom",
  lastName: "Minch",
  isOwner: true,
  isAdmin: true,
});
const agent = buildUser("dantomco", {
  id: 440,
  firstName: "C.L.",
  lastName: "Nolen",
  email: "cl@followupboss.com",
});
const person = buildPerson({ id: 53962, firstName: "Nivia", lastName: "Guerra" });
const dantomco = buildAccount({ id: 1048589, domain: "dantomco", users: [owner, agent], people: [person] });

const withDantomco = (setup: Setup): Setup => ({
  platform: { ...setup.platform, FUB_EMBEDDED_APP_SECRET: SHARED_SECRET },
  tenants: [
    ...(setup.tenants ?? []),
    {
      domain_name: "dantomco",
      fub_api_key: owner.apiKey,
      fub_embedded_app_secret: vector.secret,
      fub_campaign_embedded_app_secret: CAMPAIGN_SECRET,
      default_broker_phone: "+14165550199",
      users: [{ id: "nolen", name: "C.L. Nolen", email: agent.email, fub_embedded_app_secret: AGENT_SECRET }],
    },
  ],
});

export function startDantomco(): Promise<TestWorld> {
  const demo = demoWorld();
  return startTestWorld({ world: { ...demo, accounts: [...demo.accounts, dantomco] }, setup: withDantomco });
}

/** The vector's context with some of its parts replaced. */
export const fromDantomco = (change: object = {}): object => ({ ...vector.decoded, ...change });

/** Opens a page whose context is made for the test and signed as Follow Up Boss would sign it. */
export function openSignedContext(
  url: string,
  context: unknown,
  secret: string = vector.secret,
  before = "",
): Promise<OpenedPage> {
  const text = encodeContext(context);
  return openPage(url, `${before}context=${text}&signature=${signContext(text, secret)}`);
}
