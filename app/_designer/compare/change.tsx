"use client";
import { useT } from "../../_i18n/use-t";
import classes from "./compare.module.css";
import type { Line } from "./use-field-lines";
import { wordsApart } from "./words-apart";

export type Change = { key: string; name?: string | undefined; before?: string; after?: string; isThing?: boolean };

/** Two states of the same thing, line by line; lines that stayed the same are left out. */
export function changesOf(before: Line[], after: Line[]): Change[] {
  const keys = [...new Set([...before, ...after].map(({ key }) => key))];
  return keys.flatMap((key): Change[] => {
    const was = before.find((line) => line.key === key);
    const is = after.find((line) => line.key === key);
    if (was?.text === is?.text && was?.name === is?.name) return [];
    const isThing = was?.isThing === true || is?.isThing === true;
    return [
      {
        key,
        name: is?.name ?? was?.name,
        ...(was && { before: was.text }),
        ...(is && { after: is.text }),
        ...(isThing && { isThing }),
      },
    ];
  });
}

/** Before and after: word by word where that can be read, else one below the other. */
export function ChangeLines({ changes }: { changes: Change[] }) {
  return changes.map(({ key, name, before, after, isThing = false }) => (
    <div key={key} className={classes.change}>
      {name && <span className={classes.name}>{name}</span>}
      <Words before={before} after={after} isThing={isThing} />
    </div>
  ));
}

/** Two texts that stand on one line together. */
const SHORT = 36;

function Words({
  before,
  after,
  isThing,
}: {
  before: string | undefined;
  after: string | undefined;
  /** One thing in another's place: each is named whole. */
  isThing: boolean;
}) {
  const t = useT("designerCompare");
  const told =
    !isThing && before !== undefined && after !== undefined && before !== after ? wordsApart(before, after) : undefined;
  if (told)
    return (
      <p className={classes.words}>
        {told.map(({ is, text }, i) =>
          is === "gone" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no identity but its place
            <del key={i}>{text}</del>
          ) : is === "new" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no identity but its place
            <ins key={i}>{text}</ins>
          ) : (
            text
          ),
        )}
      </p>
    );
  if (before === after) return <p className={classes.words}>{after}</p>;
  if (before && after && (isThing || before.length + after.length < SHORT))
    return (
      <p className={classes.words}>
        <del>{before}</del> → <ins>{after}</ins>
      </p>
    );
  return (
    <>
      {before !== undefined && (
        <p className={classes.side} data-side="before" title={t("before")}>
          <b aria-hidden>−</b>
          <del>{before}</del>
        </p>
      )}
      {after !== undefined && (
        <p className={classes.side} data-side="after" title={t("after")}>
          <b aria-hidden>+</b>
          <ins>{after}</ins>
        </p>
      )}
    </>
  );
}
