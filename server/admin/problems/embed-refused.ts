// "Embed won't open / unauthorized": nothing that is set fits the signature. The secret doctor knows which and why.
import { PLACES } from "../console-places.ts";
import { type Detector, found, isNewer, ok, unknown } from "./problem-facts.ts";

export const findEmbedRefused: Detector = async (deps, { tenant, last }) => {
  const slug = tenant.domain_name;
  const refused = await last("embed.unauthorized");
  const opened = await last("embed.opened");
  const app = refused?.detail?.app;
  const since =
    app === undefined || opened?.detail?.app === app ? opened : await lastOf(deps, slug, String(app));
  if (isNewer(refused, since)) {
    const name = app === "campaign" ? "campaign" : "single-contact";
    return found({
      sentence: `The ${name} app was refused: ${refused.message.replace(/^The app did not open: /, "")}`,
      remedy: `Copy the secret Follow Up Boss shows for the ${name} app once more; the two apps have different secrets.`,
      action: PLACES.setup(slug),
      entry: refused,
    });
  }
  return opened ? ok("The app opens.") : unknown("The app was not opened yet.");
};

/** The newest opening of the same app; those of the other tell nothing about its secret. */
async function lastOf(deps: Parameters<Detector>[0], tenant: string, app: string) {
  const entries = await deps.journal.query({ tenant, event: "embed.opened", limit: 200 });
  return entries.find(({ detail }) => detail?.app === app) ?? null;
}
