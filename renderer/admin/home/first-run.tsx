// The first thing seen in an empty gateway: two ways to begin. Practising starts at once, from here.
import { Loader } from "@mantine/core";
import { Link } from "wouter";
import { ChangeButton } from "../kit/can-change.tsx";
import { Icon } from "../kit/icon.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { Failure } from "../kit/problem.tsx";
import { HOME } from "../texts/home.ts";
import type { StartPractice } from "./use-start-practice.ts";

const words = HOME.first;

export function FirstRun({ practice }: { readonly practice: StartPractice }) {
  return (
    <>
      <RoomHead title={words.title} note={words.note} />
      <div className="choices">
        <a className="choice" href="#/setup">
          <Icon name="setup" size={28} />
          <h2>{words.real}</h2>
          <p className="quiet">{words.realText}</p>
          <span className="choice-go">{words.realStart}</span>
        </a>
        <section className="choice" aria-labelledby="practice-choice">
          <Icon name="play" size={28} />
          <h2 id="practice-choice">{words.practice}</h2>
          <p className="quiet">{words.practiceText}</p>
          <div className="row">
            <ChangeButton variant="default" loading={practice.busy} onClick={practice.start}>
              {words.practiceStart}
            </ChangeButton>
            {practice.busy ? null : <Link href="/setup?rehearse=1">{words.practiceHow}</Link>}
          </div>
          <p className="row quiet small" role="status">
            {practice.busy ? (
              <>
                <Loader size={14} aria-hidden="true" /> {words.practiceBusy}
              </>
            ) : null}
          </p>
          {practice.error === null ? null : <Failure error={practice.error} retry={practice.start} />}
        </section>
      </div>
    </>
  );
}
