// "Is everything working?" in four lines: the lamps with their whole sentence and remedy.
import { Panel } from "../kit/panel.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { useLamps } from "../shell/lamp-strip.tsx";
import { HOME } from "../texts/home.ts";
import { LAMP_NAMES } from "../texts/shell.ts";

export function Working() {
  return (
    <Panel title={HOME.working}>
      <ul className="lines">
        {useLamps().map(([id, lamp]) => (
          <li key={id} className="line working-line">
            <span className={`lamp-${lamp.tone}`}>
              <span className="lamp-dot">
                <ToneShape tone={lamp.tone} />
              </span>
            </span>
            <div>
              <p>
                <b>{LAMP_NAMES[id]}</b> <span className={`tone-${lamp.tone}`}>{lamp.word}</span>
              </p>
              <p dir="auto">{lamp.sentence}</p>
              {lamp.remedy === null ? null : (
                <p className="quiet" dir="auto">
                  {lamp.remedy}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
