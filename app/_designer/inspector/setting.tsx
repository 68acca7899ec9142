"use client";
import { Button, Input } from "@mantine/core";
import { type ComponentType, memo, useCallback } from "react";
import type { JourneyNode } from "@/core/journey/document";
import type { FieldMeta } from "@/core/journey/parts/field";
import type { Problem } from "@/core/journey/problem";
import { useT } from "../../_i18n/use-t";
import { Boundary } from "../boundary";
import { setField } from "../edit/change";
import type { FieldProps } from "../fields/field-props";
import { fields } from "../fields/registry";
import { freshNode, portsOf } from "../kinds";
import { useSay, useShelf } from "../shelf";
import { useEditor } from "../store/use-designer";

type Props = Pick<JourneyNode, "id" | "kind" | "config"> & {
  name: string;
  meta: FieldMeta;
  /** What is worst about it, and how that is told. */
  worst: Problem["severity"] | undefined;
  error: string | undefined;
};

/** One setting of a step, by the widget of its type. By itself: a letter in the step's title or note draws no setting again. */
export const Setting = memo(function Setting({ id, kind, config, name, meta, worst, error }: Props) {
  const { edit } = useEditor();
  const onChange = useCallback(
    (value: unknown) => edit(setField(id, name, value, portsOf), { typing: `${id} ${name}` }),
    [edit, id, name],
  );
  const Field: ComponentType<FieldProps> = fields[meta.field];
  return (
    <div data-field={name} data-worst={worst}>
      <Boundary of={config} instead={<Unreadable id={id} kind={kind} name={name} meta={meta} />}>
        <Field
          name={name}
          meta={meta}
          value={config[name]}
          config={config}
          node={id}
          error={error}
          onChange={onChange}
        />
      </Boundary>
    </div>
  );
});

/** A setting that holds what its widget cannot show: it can be begun anew. */
function Unreadable({ id, kind, name, meta }: Pick<Props, "id" | "kind" | "name" | "meta">) {
  const t = useT("designer");
  const say = useSay();
  const { locale } = useShelf();
  const { edit } = useEditor();
  return (
    <Input.Wrapper label={say(meta.label)} error={t("unreadable.field")} labelElement="div">
      <Button
        size="compact-sm"
        variant="light"
        mt={4}
        onClick={() => edit(setField(id, name, freshNode(kind, id, locale).config[name], portsOf))}
      >
        {t("unreadable.anew")}
      </Button>
    </Input.Wrapper>
  );
}
