// "Contacts or Smart Lists missing": the key that acts is not the agent's own (Track B), or does not work.
import { PLACES } from "../console-places.ts";
import { type Detector, found, isNewer, ok, unknown } from "./problem-facts.ts";

export const findListsMissing: Detector = async (deps, { tenant, last }) => {
  const slug = tenant.domain_name;
  const keyless = tenant.users.filter((user) => !deps.settings.secret(`user/${slug}/${user.id}/fub_api_key`));
  if (tenant.track === "B" && keyless.length > 0) {
    return found({
      sentence: `${keyless.map((user) => user.name || user.id).join(", ")} ${keyless.length === 1 ? "has" : "have"} no Follow Up Boss key of their own, so their contacts and Smart Lists cannot be seen.`,
      remedy: "Enter each agent's own key from their Follow Up Boss, Admin, API.",
      action: PLACES.agents(slug),
    });
  }
  const refused = await last("key.refused");
  const opened = await last("embed.opened");
  if (isNewer(refused, opened)) {
    const remedy =
      "Replace the key and test the connection; an agent must also have access in Follow Up Boss.";
    return found({ sentence: refused.message, remedy, action: PLACES.agents(slug), entry: refused });
  }
  if (tenant.track === "A" && !deps.settings.secret(`tenant/${slug}/fub_api_key`)) {
    const sentence = "The brokerage has no Follow Up Boss key, so no contacts or Smart Lists can be seen.";
    return found({
      sentence,
      remedy: "Enter the key from Follow Up Boss, Admin, API.",
      action: PLACES.setup(slug),
    });
  }
  return opened
    ? ok("The keys work. Which contacts and lists an agent may see is decided in Follow Up Boss.")
    : unknown("No agent opened the app yet.");
};
