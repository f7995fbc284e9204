// "Embed says domain not found": the account's domain is not the brokerage's name (Track A), or the address names none.
import { chooseAccess } from "../../crm/choose-access.ts";
import { PLACES } from "../console-places.ts";
import { type Detector, found, isNewer, ok, unknown } from "./problem-facts.ts";

export const findDomainUnknown: Detector = async (deps, { tenant, last, lastOfNobody }) => {
  const slug = tenant.domain_name;
  const remedy =
    tenant.track === "A"
      ? `Set the domain of the Follow Up Boss account to “${slug}”, or register the app with ?domain_name=${slug} at the end of its address.`
      : `Register the app in each agent's Follow Up Boss with ?domain_name=${slug} at the end of its address.`;
  const action = PLACES.setup(slug);
  const opened = await last("embed.opened");
  const account = await last("embed.account_not_found");
  if (isNewer(account, opened)) {
    const sentence =
      "The app was opened from a Follow Up Boss account that is not connected to this brokerage.";
    const key =
      tenant.track === "A"
        ? "Check that the brokerage's API key is of the account the agents work in."
        : "Enter the API key of the agent whose account it is.";
    return found({ sentence, remedy: key, action: PLACES.agents(slug), entry: account });
  }
  const nobody = await lastOfNobody("embed.tenant_not_found");
  if (isNewer(nobody, opened)) {
    const named =
      nobody.tenant === null ? "no brokerage" : `a brokerage “${nobody.tenant}”, which is not set up`;
    return found({ sentence: `The app was opened for ${named}.`, remedy, action, entry: nobody });
  }
  const access = chooseAccess(deps.settings, slug, "tenant");
  const domain = access ? (await deps.identities.recall(access))?.accountDomain : undefined;
  if (tenant.track === "A" && domain && domain.toLowerCase() !== slug && opened === null) {
    const sentence = `The Follow Up Boss account's domain is “${domain}”, but the brokerage is called “${slug}” here.`;
    return found({ sentence, remedy, action });
  }
  return opened ? ok("The app opened for this brokerage.") : unknown("The app was not opened yet.");
};
