// The first thing seen in an empty gateway: two ways to begin.
import { Icon, type IconName } from "../kit/icon.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { HOME } from "../texts/home.ts";

const words = HOME.first;

export function FirstRun() {
  return (
    <>
      <RoomHead title={words.title} note={words.note} />
      <div className="choices">
        <Choice to="/setup" icon="setup" title={words.real} text={words.realText} />
        <Choice to="/setup?rehearse=1" icon="play" title={words.practice} text={words.practiceText} />
      </div>
    </>
  );
}

function Choice(props: {
  readonly to: string;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}) {
  return (
    <a className="choice" href={`#${props.to}`}>
      <Icon name={props.icon} size={28} />
      <h2>{props.title}</h2>
      <p className="quiet">{props.text}</p>
    </a>
  );
}
