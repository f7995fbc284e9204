// A new brokerage: which track, and its name with the rules it must keep.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { PRACTICE_TENANT } from "../../../shared/console/sandbox.schema.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { domainNameSchema } from "../../../shared/settings.schema.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { goTo } from "../kit/hash-route.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Panel, RoomHead } from "../kit/panel.tsx";
import { Failure } from "../kit/problem.tsx";
import { UnsavedGuard } from "../kit/unsaved.tsx";
import { useTenant } from "../shell/tenant.tsx";
import { KIT } from "../texts/kit.ts";
import { SETUP } from "../texts/setup.ts";
import { ChooseTrack, type Track } from "./choose-track.tsx";
import { useSave } from "./use-save.ts";

/** Why this cannot be a new brokerage's name; null when it can. */
export function nameFault(text: string, taken: readonly string[]): string | null {
  if (text.trim() === "") return SETUP.nameMissing;
  const parsed = domainNameSchema.safeParse(text);
  if (!parsed.success) return SETUP.nameBad;
  if (parsed.data === PRACTICE_TENANT) return SETUP.namePractice;
  return taken.includes(parsed.data) ? SETUP.nameTaken : null;
}

export function NewBrokerage({ settings }: { readonly settings: SettingsView }) {
  const [track, setTrack] = useState<Track>("A");
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const can = useCanChange();
  const { choose } = useTenant();
  const { save, busy, error, conflict, keepMine } = useSave();
  const fault = nameFault(
    name,
    settings.tenants.map(({ domain_name }) => domain_name),
  );
  const create = (): void => {
    setTried(true);
    if (fault !== null || busy) return;
    const slug = name.trim().toLowerCase();
    const setup = { tenants: [{ domain_name: slug, track, crm_sync_provider: "followup_boss" }] };
    save(setup, settings.revision, () => {
      setDone(true);
      choose(slug);
      noticeDone(SETUP.created(slug));
      setTimeout(() => goTo(`/setup/${encodeURIComponent(slug)}`));
    });
  };
  return (
    <>
      <RoomHead title={SETUP.newTitle} note={SETUP.newNote} />
      <form
        className="stack-lg"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Panel title={SETUP.choose}>
          <div className="stack">
            <ChooseTrack value={track} onChange={setTrack} />
            <p className="quiet small">{SETUP.mixed}</p>
          </div>
        </Panel>
        <Panel title={SETUP.name}>
          <div className="narrow stack">
            <TextInput
              className="fill"
              label={SETUP.name}
              description={`${track === "A" ? SETUP.nameHintA : SETUP.nameHintB} ${SETUP.nameRules}`}
              value={name}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setName(event.currentTarget.value)}
              {...(tried && fault !== null ? { error: fault } : {})}
            />
            <Button type="submit" loading={busy} disabled={!can}>
              {SETUP.create}
            </Button>
            {error === null && conflict === null ? null : (
              <Failure
                error={error ?? new Error(KIT.conflict.title)}
                {...(conflict === null ? {} : { retry: keepMine })}
              />
            )}
          </div>
        </Panel>
        <UnsavedGuard dirty={!done && name !== ""} />
      </form>
    </>
  );
}
