// What stands in the way of a save: fields that are not right, a failure in words, or what somebody else saved meanwhile.
import { Failure, Problem } from "../kit/problem.tsx";
import { SaveConflict } from "../kit/save-conflict.tsx";
import { SETTING_NAMES } from "../texts/setting-names.ts";
import { SETTINGS } from "../texts/settings.ts";
import { isSecretPlace } from "./settings-draft.ts";
import { type SettingsForm, sentence } from "./use-settings-form.ts";

export function SettingsTrouble({ form }: { readonly form: SettingsForm }) {
  const { saving, errors, draft } = form;
  return (
    <>
      <div role="alert">
        {saving.error === null ? null : errors.size === 0 ? (
          <Failure error={saving.error} />
        ) : (
          <Problem cause={SETTINGS.notAll}>
            <ul className="faults">
              {[...errors].map(([place, message]) => (
                <li key={place}>
                  <b>{sayPlace(place)}</b>: {sentence(message)}
                </li>
              ))}
            </ul>
          </Problem>
        )}
      </div>
      <SaveConflict
        changed={saving.conflict}
        nameOf={sayPlace}
        mineOf={(place) => (draft.has(place) ? sayMine(place, draft.get(place)) : null)}
        onKeepMine={saving.keepMine}
        onTakeTheirs={form.discard}
        onClose={saving.forget}
      />
    </>
  );
}

function sayMine(place: string, value: unknown): string {
  if (isSecretPlace(place)) return value === null ? SETTINGS.removed : SETTINGS.typed;
  if (typeof value === "boolean") return value ? SETTINGS.on : SETTINGS.off;
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** "tenants.acme.users.u1.email" → "acme, u1: E-mail". */
export function sayPlace(place: string): string {
  const secret = isSecretPlace(place);
  const parts = secret ? place.slice("secrets.".length).split("/") : userParts(place);
  const scope = parts[0] === "user" ? "user" : parts[0]?.startsWith("platform") ? "platform" : "tenant";
  const at = scope === "platform" ? 1 : scope === "user" ? 3 : 2;
  const name = parts[at];
  const whose = parts.slice(1, at).join(", ");
  if (name === undefined) return whose || place;
  const [field = name] = name.split(/[.[]/);
  const label = SETTING_NAMES[scope][field] ?? field;
  return whose === "" ? label : `${whose}: ${label}`;
}

/** An agent's id may have dots; fields have none. */
function userParts(place: string): readonly string[] {
  const agent = /^tenants\.([^.]+)\.users\.(.+)\.([a-z_]+)$/.exec(place);
  if (agent !== null) return ["user", agent[1] ?? "", agent[2] ?? "", agent[3] ?? ""];
  const [scope = "", first = "", ...rest] = place.split(".");
  if (scope === "platform") return [scope, first];
  return rest.length === 0 ? ["tenant", first] : ["tenant", first, rest.join(".")];
}
