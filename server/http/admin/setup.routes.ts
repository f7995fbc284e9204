// The console's set-up: settings and secrets, removal and undo, and beside it the agents, the guide, the practice sandbox.
import { randomBytes } from "node:crypto";
import { type Request, Router } from "express";
import { removeSchema, saveSettingsSchema } from "../../../shared/console/settings.schema.ts";
import type { Setup } from "../../../shared/setup.schema.ts";
import { readSettings } from "../../admin/read-settings.ts";
import { createRehearsal, type OpenPractice, type RehearsalDeps } from "../../admin/rehearse.ts";
import {
  type KeptRemoval,
  type RemovalDeps,
  removeFromSettings,
  undoRemoval,
} from "../../admin/remove-from-settings.ts";
import { createUndoShelf } from "../../admin/undo-shelf.ts";
import { parseOrThrow } from "../../base/parse.ts";
import type { CampaignDeps } from "../../campaigns/campaign-deps.ts";
import { controlCampaign } from "../../campaigns/control-campaign.ts";
import type { PracticePlace } from "../../crm/practice-place.ts";
import { checkSetupShape } from "../../settings/check-setup-shape.ts";
import type { ApplyResult, Removal, RemovedSetup, SecretName } from "../../settings/settings-room.ts";
import { checkSlots, removeSlots } from "../../webhooks/check-slots.ts";
import type { WebhookDeps } from "../../webhooks/webhook-deps.ts";
import { bodyOf, readJson } from "../read-body.ts";
import { type AgentRouteDeps, agentRoutes } from "./agents.routes.ts";
import { guideRoutes } from "./guide.routes.ts";
import { sandboxRoutes } from "./sandbox.routes.ts";

export interface SetupRouteDeps extends AgentRouteDeps {
  readonly campaigns: CampaignDeps;
  readonly webhooks: WebhookDeps;
  readonly apply: (setup: Setup, expected?: string | null) => Promise<ApplyResult>;
  /** After a change that did not go through `apply`: what depends on keys and addresses is looked at again. */
  readonly followSettings: () => Promise<void>;
  readonly practice: PracticePlace;
  readonly openPractice: OpenPractice | undefined;
}

/** setup.json of a large brokerage. */
const SETUP_BODY = "5mb";

export function setupRoutes(deps: SetupRouteDeps): Router {
  const router = Router();
  const removal = removalDeps(deps);
  router.use(settingsRoutes(deps), removalRoutes(deps, removal), agentRoutes(deps), guideRoutes(deps.admin));
  router.use(sandboxRoutes(createRehearsal(rehearsalDeps(deps, removal))));
  return router;
}

function settingsRoutes({ admin, apply }: SetupRouteDeps): Router {
  const router = Router();
  router.get("/settings", async (_request, response) => void response.json(await readSettings(admin)));
  router.post("/settings", ...readJson(SETUP_BODY), async (request, response) => {
    const { revision, setup } = parseOrThrow(saveSettingsSchema, bodyOf(request));
    const result = await apply(checkSetupShape(setup), revision);
    response.json({
      revision: admin.settings.revision(),
      changes: result.changes,
      needs_restart: result.needsRestart,
    });
  });
  return router;
}

function removalRoutes(deps: SetupRouteDeps, removal: RemovalDeps): Router {
  const router = Router();
  const body = readJson("4kb");
  const remove = async (request: Request, what: Removal) => {
    const { revision } = parseOrThrow(removeSchema, bodyOf(request));
    return removeFromSettings(removal, what, revision);
  };
  router.delete("/tenants/:slug", ...body, async (request: Request<{ slug: string }>, response) => {
    response.json(await remove(request as Request, { tenant: request.params.slug }));
  });
  router.delete(
    "/tenants/:slug/users/:id",
    ...body,
    async (request: Request<{ slug: string; id: string }>, response) => {
      const { slug, id } = request.params;
      response.json(await remove(request as Request, { tenant: slug, userId: id }));
    },
  );
  router.post("/undo/:token", async (request: Request<{ token: string }>, response) => {
    const sentence = await undoRemoval(removal, request.params.token);
    await deps.followSettings();
    response.json({ revision: deps.admin.settings.revision(), sentence });
  });
  return router;
}

function removalDeps({ admin, campaigns, webhooks }: SetupRouteDeps): RemovalDeps {
  return {
    ...admin,
    undo: createUndoShelf<KeptRemoval>(admin.clock),
    cancelCampaign: (id, by) => controlCampaign(campaigns, id, "cancel", by),
    removeWebhooks: (removed) => removeWebhooks(webhooks, removed),
  };
}

function rehearsalDeps(deps: SetupRouteDeps, removal: RemovalDeps): RehearsalDeps {
  return {
    ...deps.admin,
    place: deps.practice,
    openPractice: deps.openPractice,
    newKey: () => randomBytes(24).toString("base64url"),
    apply: (setup) => deps.apply(setup),
    registerWebhooks: (slug) => checkSlots(deps.webhooks, slug),
    removeTenant: (slug) => removeFromSettings(removal, { tenant: slug }, null),
  };
}

/** With the settings as they were before the removal: its keys are needed once more. */
function removeWebhooks(webhooks: WebhookDeps, removed: RemovedSetup): Promise<number> {
  const { tenant, user, secrets } = removed;
  const settings: WebhookDeps["settings"] = {
    ...webhooks.settings,
    tenant: (slug) => (slug === tenant.domain_name ? tenant : webhooks.settings.tenant(slug)),
    secret: (name: SecretName) => secrets.get(name) ?? webhooks.settings.secret(name),
  };
  const deps = { ...webhooks, settings };
  if (user === null) return removeSlots(deps, tenant.domain_name);
  const key = secrets.get(`user/${tenant.domain_name}/${user.id}/fub_api_key`);
  return key === undefined ? Promise.resolve(0) : removeSlots(deps, tenant.domain_name, key);
}
