// A new passphrase, typed twice: a slip of the finger would lock everything away.
import { PasswordInput } from "@mantine/core";
import { SHORTEST_PASSPHRASE } from "../../../shared/console/backup.schema.ts";
import { BACKUP } from "../texts/backup.ts";

export interface Typed {
  readonly passphrase: string;
  readonly again: string;
}
export const NOTHING_TYPED: Typed = { passphrase: "", again: "" };

/** What is wrong with it; null when nothing is. */
export function passphraseProblem({ passphrase, again }: Typed): "short" | "differs" | null {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) return "short";
  return passphrase === again ? null : "differs";
}

export function PassphraseFields({
  typed,
  onChange,
  complain,
}: {
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
  /** What is wrong is said once it was sent off, not while it is typed. */
  readonly complain: boolean;
}) {
  const problem = complain ? passphraseProblem(typed) : null;
  const field = { autoComplete: "new-password", spellCheck: false, className: "passphrase" } as const;
  return (
    <>
      <PasswordInput
        {...field}
        label={BACKUP.passphrase}
        description={BACKUP.passphraseHint(SHORTEST_PASSPHRASE)}
        value={typed.passphrase}
        error={problem === "short" ? BACKUP.tooShort(SHORTEST_PASSPHRASE) : null}
        onChange={(event) => onChange({ ...typed, passphrase: event.currentTarget.value })}
      />
      <PasswordInput
        {...field}
        label={BACKUP.again}
        value={typed.again}
        error={problem === "differs" ? BACKUP.notSame : null}
        onChange={(event) => onChange({ ...typed, again: event.currentTarget.value })}
      />
    </>
  );
}
