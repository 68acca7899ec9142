"use client";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { useT } from "../../_i18n/use-t";
import type { Fork, Kept } from "../edit/remove";
import { portsOf } from "../kinds";
import { useShelf } from "../shelf";
import { useName } from "../use-says";
import { onceLeft } from "./once-left";
import classes from "./question.module.css";
import { useEditor } from "./use-designer";

const ID = "which-way";
const STANDS_MS = 20_000;
/** The question does not outlive its drawing. */
export const forgetWay = (): void => void notifications.hide(ID);

/**
 * Says which way goes on where a step with several was deleted, and lets another be chosen: `take` deletes anew, by that way. The
 * question stands for a while, until the drawing changes otherwise, so that it never takes back anything but this, or something else than the
 * draft is looked at; never over a dialog.
 */
export function useAskWay(): (forks: Fork[], take: (kept: Kept) => void) => void {
  const c = useT("designerCanvas");
  const k = useT("designerCommands");
  const { locale } = useShelf();
  const stepName = useName();
  const { store, undo } = useEditor();
  return useMemo(() => {
    const ask = (forks: Fork[], take: (kept: Kept) => void, kept: Kept = {}): void => {
      const [fork] = forks;
      if (!fork) return;
      const { document: before } = store.getState();
      const unsubscribe = onceLeft(store, () => close());
      const close = () => {
        unsubscribe();
        forgetWay();
      };
      const again = (chosen: Kept) => {
        close();
        undo();
        take(chosen);
        ask(forks, take, chosen);
      };
      const stepBy = (id: string) => {
        const node = before.nodes.find((one) => one.id === id);
        return node ? stepName(node) : id;
      };
      const nameOf = (port: string) => portsOf(fork.node).find(({ id }) => id === port)?.name[locale] ?? port;
      const now = kept[fork.node.id] === undefined ? fork.ways[0]?.port : kept[fork.node.id];
      const way = fork.ways.find(({ port }) => port === now);
      const isOne = forks.length === 1;
      forgetWay();
      notifications.show({
        id: ID,
        title: isOne ? c("fork.title", { name: stepName(fork.node) }) : c("fork.titles", { count: forks.length }),
        className: classes.question,
        autoClose: STANDS_MS,
        onClose: unsubscribe,
        message: (
          <>
            <Text size="sm">
              {!isOne
                ? c("fork.firsts")
                : way
                  ? c("fork.keeps", { port: nameOf(way.port), step: stepBy(way.to) })
                  : c("fork.keepsNone")}
            </Text>
            <Group gap={6} mt={8}>
              {isOne &&
                fork.ways
                  .filter(({ port }) => port !== way?.port)
                  .map(({ port, to }) => (
                    <Button
                      key={port}
                      size="compact-sm"
                      variant="light"
                      title={stepBy(to)}
                      onClick={() => again({ [fork.node.id]: port })}
                      data-testid={`keep-${port}`}
                    >
                      {c("fork.keep", { port: nameOf(port) })}
                    </Button>
                  ))}
              {isOne && way && (
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => again({ [fork.node.id]: null })}
                  data-testid="keep-none"
                >
                  {c("fork.keepNone")}
                </Button>
              )}
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  close();
                  undo();
                }}
                data-testid="keep-all"
              >
                {k("undo")}
              </Button>
            </Group>
          </>
        ),
      });
    };
    return ask;
  }, [c, locale, store, k, stepName, undo]);
}
