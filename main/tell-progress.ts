// How far long work has come, on stderr: a line that is written over on a terminal, a line per step elsewhere.
export function tellProgress(): { tell: (step: string, share: number | null) => void; end: () => void } {
  const { stderr } = process;
  let last = "";
  return {
    tell: (step, share) => {
      const percent = share === null ? "" : ` ${Math.floor(share * 100)} %`;
      const line = stderr.isTTY ? `${step}${percent}` : step;
      if (line === last || line === "") return;
      if (stderr.isTTY) stderr.write(`\r\u001b[K${line}`);
      else stderr.write(`${line}\n`);
      last = line;
    },
    end: () => {
      if (stderr.isTTY && last !== "") stderr.write("\r\u001b[K");
    },
  };
}
