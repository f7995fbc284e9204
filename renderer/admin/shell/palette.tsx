// Ctrl+K: any person, agent, setting or screen. People are looked for at the gateway, the rest is known here.
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { useState } from "react";
import { type PersonHit, peopleHitsSchema } from "../../../shared/console/people.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { desktopBridge } from "../desktop/desktop-bridge.ts";
import { goTo } from "../kit/hash-route.ts";
import { Icon, type IconName } from "../kit/icon.tsx";
import { useRead } from "../kit/use-read.ts";
import { storyRoute } from "../outreach/story-route.ts";
import { DESKTOP_PLACES, PLACES } from "../texts/finder.ts";
import { PALETTE } from "../texts/shell.ts";
import { ROOMS } from "./rooms.ts";
import { useTenant } from "./tenant.tsx";
import { useAgents } from "./use-agents.ts";

interface Entry {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly note?: string;
  readonly words: string;
  readonly act: () => void;
}

const MOST = 8;
const REST_MS = 150;

/** All words typed are found in the label or the words; case does not matter. */
export function matches(entry: Pick<Entry, "label" | "words">, typed: string): boolean {
  const text = `${entry.label} ${entry.words}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

const fixed: readonly Entry[] = [
  ...ROOMS.map(
    (room): Entry => ({
      ...{ key: room.id, icon: room.icon, label: room.name, words: "" },
      act: () => goTo(room.path),
    }),
  ),
  ...[...PLACES, ...(desktopBridge() === undefined ? [] : DESKTOP_PLACES)].map(
    (place): Entry => ({
      ...{ key: place.label, icon: "right", label: place.label, words: place.words },
      act: () => goTo(place.to),
    }),
  ),
];

export function Palette() {
  const [typed, setTyped] = useState("");
  const query = typed.trim();
  const [asked] = useDebouncedValue(query, REST_MS);
  const { tenant, tenants, choose } = useTenant();
  const people = useRead("/people", peopleHitsSchema, {
    query: { search: asked, tenant, limit: MOST },
    enabled: asked.length >= 2,
    keep: true,
  });
  const agents = useAgents(query !== "").map(
    (agent): Entry => ({
      ...{ key: `${agent.tenant}/${agent.id}`, icon: "agents", label: agent.name, note: agent.tenant },
      words: `${agent.id} ${agent.tenant}`,
      act: () => goTo(`/agents/${encodeURIComponent(agent.id)}?tenant=${encodeURIComponent(agent.tenant)}`),
    }),
  );
  const brokerages =
    tenants.length < 2
      ? []
      : tenants.map(
          (slug): Entry => ({
            ...{ key: `tenant/${slug}`, icon: "building", label: slug, words: "" },
            act: () => choose(slug),
          }),
        );
  const hits = query.length < 2 ? [] : (people.data?.people ?? []).map(personEntry);
  const known = (entries: readonly Entry[]) =>
    entries.filter((entry) => matches(entry, query)).slice(0, MOST);
  const groups: readonly (readonly [string, readonly Entry[]])[] = [
    [PALETTE.people, hits],
    [PALETTE.agents, query === "" ? [] : known(agents)],
    [PALETTE.screens, known(fixed)],
    [PALETTE.brokerages, query === "" ? [] : known(brokerages)],
  ];
  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      lockScroll={false}
      clearQueryOnClose
      title={PALETTE.title}
      classNames={{ header: "sr-only" }}
      maxHeight={460}
      centered={false}
      yOffset="12vh"
      overlayProps={{ backgroundOpacity: 0.3 }}
      scrollable
    >
      <Spotlight.Search
        placeholder={PALETTE.search}
        aria-label={PALETTE.search}
        leftSection={<Icon name="search" size={18} />}
      />
      <Spotlight.ActionsList>
        {groups.map(([name, entries]) =>
          entries.length === 0 ? null : (
            <Spotlight.ActionsGroup key={name} label={name}>
              {entries.map((entry) => (
                <Spotlight.Action key={entry.key} onClick={entry.act}>
                  <PaletteLine entry={entry} />
                </Spotlight.Action>
              ))}
            </Spotlight.ActionsGroup>
          ),
        )}
        {groups.every(([, entries]) => entries.length === 0) ? (
          <Spotlight.Empty>{PALETTE.nothing}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const personEntry = (hit: PersonHit): Entry => ({
  key: `${hit.tenant}/${hit.person_id ?? hit.last_engagement_id}`,
  icon: "person",
  label: hit.name || sayContact(hit.contacts[0] ?? ""),
  note: [...hit.contacts.slice(0, 2).map((contact) => sayContact(contact)), hit.tenant].join(" · "),
  words: "",
  act: () => goTo(storyRoute(hit.story)),
});

function PaletteLine({ entry }: { readonly entry: Entry }) {
  return (
    <span className="palette-line">
      <Icon name={entry.icon} size={18} />
      <span dir="auto">{entry.label}</span>
      {entry.note === undefined ? null : (
        <span className="quiet tabular" dir="auto">
          {entry.note}
        </span>
      )}
    </span>
  );
}
