// The left rail: which brokerage, a way to find anything, the seven rooms, light or dark.
import { Kbd, NativeSelect, UnstyledButton } from "@mantine/core";
import { Link } from "wouter";
import { Icon } from "../kit/icon.tsx";
import { SHELL } from "../texts/shell.ts";
import { ROOMS, type RoomId } from "./rooms.ts";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { useTenant } from "./tenant.tsx";

export function Rail({ at, onFind }: { readonly at: RoomId | null; readonly onFind: () => void }) {
  return (
    <aside className="rail" aria-label={SHELL.product}>
      <div className="brand">
        <svg viewBox="0 0 24 24" width={22} height={22} aria-hidden="true" className="brand-mark">
          <path d="M4 20 12 4l8 16M8 14h8" />
        </svg>
        <span className="rail-word">{SHELL.product}</span>
      </div>
      <TenantSwitch />
      <UnstyledButton className="find" onClick={onFind} title={SHELL.findHint}>
        <Icon name="search" size={16} />
        <span className="rail-word">
          {SHELL.find}
          <span className="sr-only"> {SHELL.findWhat}</span>
        </span>
        <span className="grow" />
        <Kbd size="xs" className="rail-word" aria-hidden="true">
          Ctrl K
        </Kbd>
      </UnstyledButton>
      <nav aria-label={SHELL.rooms}>
        <ul>
          {ROOMS.map((room) => (
            <li key={room.id}>
              <Link
                href={room.path}
                className="rail-link"
                aria-current={room.id === at ? "page" : undefined}
                title={room.name}
              >
                <Icon name={room.icon} />
                <span className="rail-word">{room.name}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <span className="grow" />
      <SchemeSwitch />
    </aside>
  );
}

/** Hidden with one brokerage. */
function TenantSwitch() {
  const { tenant, tenants, choose } = useTenant();
  if (tenants.length < 2) return null;
  return (
    <NativeSelect
      className="tenant-switch"
      size="xs"
      leftSection={<Icon name="building" size={16} />}
      aria-label={SHELL.tenant}
      value={tenant ?? ""}
      onChange={(event) => choose(event.currentTarget.value || null)}
      data={[
        { value: "", label: SHELL.allTenants },
        ...tenants.map((slug) => ({ value: slug, label: slug })),
      ]}
    />
  );
}
