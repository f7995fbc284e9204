// The embedded app as Follow Up Boss frames it: signed address, exact sandbox, invisible until it reports a height.
import { buildContext } from "../build-context.ts";
import type { SandboxAccount, SandboxApp, SandboxPerson, SandboxUser } from "../sandbox-types.ts";
import { encodeContext, signContext } from "../sign-context.ts";
import { type Html, html } from "./escape-html.ts";

export interface OpenedBy {
  account: SandboxAccount;
  user: SandboxUser;
  person?: SandboxPerson;
}

/** Vendor docs, embedded apps. */
export const IFRAME_SANDBOX =
  "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";

/** What the registered address already carries comes first, then context and signature. */
export function appAddress(gatewayUrl: string, app: SandboxApp, { account, user, person }: OpenedBy): string {
  const context = encodeContext(buildContext({ account, user, ...(person && { person }) }));
  const own = app.query ? `${app.query}&` : "";
  return `${gatewayUrl}${app.path}?${own}context=${context}&signature=${signContext(context, app.secret)}`;
}

/** The sidebar for one kind of app; says so when there is none. */
export function renderAppFrame(gatewayUrl: string, kind: SandboxApp["kind"], opened: OpenedBy): Html {
  const app = opened.account.apps.find((candidate) => candidate.kind === kind);
  if (!app)
    return html`<aside class="side card"><h2>Apps</h2><p>No app is registered in this account.</p></aside>`;
  if (!gatewayUrl) {
    return html`<aside class="side card"><h2>${app.name}</h2><p>No gateway is connected to this practice page.</p></aside>`;
  }
  return html`<aside class="side card" aria-label="${app.name}"><h2>${app.name}</h2>
<p id="app-waiting" class="soft" role="status">Opening ${app.name}…</p>
<iframe title="${app.name}" src="${appAddress(gatewayUrl, app, opened)}" sandbox="${IFRAME_SANDBOX}" style="height:0px; display:none"></iframe></aside>`;
}
