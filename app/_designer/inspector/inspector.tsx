"use client";
import { ActionIcon, Button, Textarea, UnstyledButton } from "@mantine/core";
import { useReactFlow } from "@xyflow/react";
import { useMemo, useRef, useState } from "react";
import type { JourneyNode } from "@/core/journey/document";
import { fieldsOf } from "@/core/journey/parts/field";
import { useT } from "../../_i18n/use-t";
import { useGrown } from "../../_ui/fields/use-grown";
import { Icon } from "../../_ui/icons";
import { Boundary } from "../boundary";
import { focusCard, leadsBackTo } from "../canvas/focus";
import { annotate, configure, entitle } from "../edit/change";
import { nodeOf } from "../edit/place";
import { SampleOf } from "../fields/messages/preview/sample-of";
import { familyOf, freshNode, iconOfNode, kindOf, portsOf } from "../kinds";
import { useNodeProblems } from "../problems/use-problems";
import { useSay, useShelf } from "../shelf";
import { TITLE } from "../store/designer";
import { useDesigner, useEditor } from "../store/use-designer";
import { useName } from "../use-says";
import classes from "./inspector.module.css";
import { PanelHead } from "./panel-head";
import { Setting } from "./setting";
import { Several } from "./several";
import { TriggerKind } from "./trigger-kind";
import { useLed } from "./use-led";

/** What is selected, and how to change it: a form made from the kind's schema. Changes apply as they are typed. */
export function Inspector() {
  const { select } = useEditor();
  const selected = useDesigner((state) => state.selected);
  const node = useDesigner((state) =>
    state.selected.length === 1 ? nodeOf(state.document, state.selected[0] ?? "") : undefined,
  );
  const isOther = useDesigner(
    (state) => state.panel === "settings" || state.panel === "versions" || state.mode !== "edit",
  );
  if (isOther || selected.length === 0) return null;
  if (!node) return <Several />;
  const close = () => {
    focusCard(node.id);
    select([]);
  };
  return (
    <Boundary key={node.id} of={node} instead={<Unreadable node={node} onClose={close} />}>
      <NodeForm node={node} onClose={close} />
    </Boundary>
  );
}

/** A step whose form cannot be shown can be begun anew as its kind begins. */
function Unreadable({ node, onClose }: { node: JourneyNode; onClose(): void }) {
  const t = useT("designer");
  const say = useSay();
  const { locale } = useShelf();
  const { edit } = useEditor();
  const kind = kindOf(node.kind);
  return (
    <aside className={classes.panel} data-inspector aria-label={t("node.settings")} data-testid="inspector">
      <PanelHead
        icon={<Icon name="warning" size={18} />}
        title={kind ? say(kind.name) : node.kind}
        about={t("unreadable.step")}
        onClose={onClose}
      />
      <div className={classes.body}>
        <Button
          variant="light"
          onClick={() => edit(configure(node.id, freshNode(node.kind, node.id, locale).config, portsOf))}
        >
          {t("unreadable.anew")}
        </Button>
      </div>
    </aside>
  );
}

function NodeForm({ node, onClose }: { node: JourneyNode; onClose(): void }) {
  const t = useT("designer");
  const say = useSay();
  const { store } = useEditor();
  const kind = kindOf(node.kind);
  const problems = useNodeProblems(node.id);
  const entry = useDesigner((state) => state.document.entry);
  const panel = useRef<HTMLElement>(null);
  const { getNode } = useReactFlow();
  const isEntry = node.id === entry;
  const settings = useMemo(() => (kind ? fieldsOf(kind.config) : []), [kind]);
  useLed(panel);
  return (
    <aside
      ref={panel}
      className={classes.panel}
      data-inspector
      data-family={familyOf(node.kind)}
      aria-label={t("node.settings")}
      data-testid="inspector"
      onKeyDown={leadsBackTo(node.id)}
    >
      <PanelHead
        icon={<Icon name={iconOfNode(node)} size={18} />}
        title={<Title node={node} />}
        about={kind ? say(node.title ? kind.name : kind.about) : t("node.unknown")}
        onClose={onClose}
      >
        <ActionIcon
          data-skip
          variant="subtle"
          color="gray"
          aria-label={t("node.more")}
          aria-haspopup="menu"
          data-testid="inspector-more"
          onClick={({ currentTarget }) => {
            const { right, bottom } = currentTarget.getBoundingClientRect();
            const at = getNode(node.id)?.position ?? { x: 0, y: 0 };
            store.setState({ asked: { x: right, y: bottom, at, node: node.id }, picking: undefined });
          }}
        >
          <Icon name="more" size={18} />
        </ActionIcon>
      </PanelHead>
      <div className={classes.body}>
        {isEntry && <TriggerKind node={node} />}
        {problems
          .filter((problem) => problem.path.length === 0)
          .map((problem) => (
            <p key={problem.code} className={classes.problem} data-severity={problem.severity}>
              <Icon name="warning" size={15} />
              {problem.says}
            </p>
          ))}
        <SampleOf node={node.id}>
          {settings.map(({ name, meta }) => {
            const found =
              problems.find((problem) => problem.path[0] === name && problem.severity === "error") ??
              problems.find((problem) => problem.path[0] === name);
            return (
              <Setting
                key={name}
                id={node.id}
                kind={node.kind}
                config={node.config}
                name={name}
                meta={meta}
                worst={found?.severity}
                error={found && withoutLabel(found.says, say(meta.label))}
              />
            );
          })}
        </SampleOf>
        <Note node={node} />
        <p className={classes.id}>
          {t("node.id")}: <code>{node.id}</code>
        </p>
      </div>
    </aside>
  );
}

/** What the step is called; without a title of its own it goes by what it does. */
function Title({ node }: { node: JourneyNode }) {
  const t = useT("designer");
  const say = useSay();
  const kind = kindOf(node.kind);
  const { edit } = useEditor();
  const nameOf = useName();
  const name = nameOf({ kind: node.kind, config: node.config });
  const area = useGrown(node.title || name);
  return (
    <span
      className={classes.naming}
      data-field={TITLE}
      title={t("node.titleHint", { kind: kind ? say(kind.name) : node.kind })}
    >
      <textarea
        ref={area}
        className={classes.title}
        rows={1}
        data-skip
        aria-label={t("node.title")}
        placeholder={name}
        value={node.title ?? ""}
        maxLength={80}
        onChange={(event) =>
          // As tall as it has to be, it is still one line: what is pasted with line breaks has blanks there.
          edit(entitle(node.id, event.target.value.replace(/\s*\n\s*/g, " ")), { typing: `title ${node.id}` })
        }
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <Icon name="edit" size={14} />
    </span>
  );
}

/** Beside its own field a finding need not name it. */
const withoutLabel = (says: string, label: string): string =>
  says.startsWith(label) ? says.slice(label.length).replace(/^[:：]\s*/, "") : says;

function Note({ node }: { node: JourneyNode }) {
  const t = useT("designer");
  const { edit } = useEditor();
  const [isOpen, setOpen] = useState(Boolean(node.note));
  if (!isOpen && !node.note)
    return (
      <UnstyledButton className={classes.addNote} onClick={() => setOpen(true)}>
        <Icon name="add" size={14} />
        {t("node.note")}
      </UnstyledButton>
    );
  return (
    <Textarea
      label={t("node.note")}
      placeholder={t("node.notePlaceholder")}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={2000}
      value={node.note ?? ""}
      onChange={(event) => edit(annotate(node.id, event.target.value), { typing: `note ${node.id}` })}
    />
  );
}
