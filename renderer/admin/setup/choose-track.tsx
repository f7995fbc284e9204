// The two tracks as cards to choose between, each with its answers to the guide's questions.
import { useId } from "react";
import { SETUP } from "../texts/setup.ts";

export type Track = "A" | "B";
const TRACKS: readonly Track[] = ["A", "B"];

export function ChooseTrack(props: {
  readonly value: Track;
  readonly onChange: (track: Track) => void;
  readonly label?: string;
}) {
  const name = useId();
  return (
    <fieldset className="tracks">
      <legend className="sr-only">{props.label ?? SETUP.choose}</legend>
      <div className="track-cards">
        {TRACKS.map((track) => (
          <label key={track} className={props.value === track ? "track track-chosen" : "track"}>
            <span className="row">
              <input
                type="radio"
                name={name}
                value={track}
                aria-label={SETUP.tracks[track]}
                checked={props.value === track}
                onChange={() => props.onChange(track)}
              />
              <strong>{SETUP.tracks[track]}</strong>
            </span>
            <span className="quiet">{SETUP.trackNote[track]}</span>
            <Answers track={track} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Answers({ track }: { readonly track: Track }) {
  return (
    <span className="answers">
      {SETUP.questions.map(([question, a, b]) => (
        <span key={question}>
          <span className="small quiet">{question}</span>
          <span>{track === "A" ? a : b}</span>
        </span>
      ))}
    </span>
  );
}
