"use client";
import { ActionIcon, Button, Group, Input, NumberInput, Select, TextInput } from "@mantine/core";
import { useT } from "../../../_i18n/use-t";
import { Icon } from "../../../_ui/icons";
import { useSay, useShelf } from "../../shelf";
import type { FieldProps } from "../field-props";
import classes from "../fields.module.css";
import { WordsInput } from "../messages/words-input";
import { useOfRow } from "../use-of-row";
import { freshQuestion, QUESTION_KINDS, type QuestionDraft, readQuestions } from "./question-draft";

/** A survey's questions, in their order; the first decides the way on. */
export function QuestionsField({ meta, value, error, onChange }: FieldProps) {
  const t = useT("designerActions");
  const ofRow = useOfRow();
  const { locale } = useShelf();
  const say = useSay();
  const questions = readQuestions(value);
  const fresh = (is: QuestionDraft["is"]) => {
    let at = questions.length + 1;
    while (questions.some((one) => one.id === `q${at}`)) at++;
    return freshQuestion(is, `q${at}`);
  };
  return (
    <Input.Wrapper label={say(meta.label)} description={meta.help && say(meta.help)} error={error} labelElement="div">
      <div className={classes.stack}>
        {questions.map((question, i) => {
          const set = (next: QuestionDraft) => onChange(questions.with(i, next));
          const named = (what: string) => ofRow(what, question.text[locale] ?? "", i);
          return (
            <div key={question.id} className={classes.box} data-testid={`question-${question.id}`}>
              <Group gap={6} wrap="nowrap" mb={6}>
                <Select
                  size="xs"
                  flex={1}
                  aria-label={named(t("questionKind"))}
                  data={QUESTION_KINDS.map((kind) => ({ value: kind, label: t(`question.${kind}`) }))}
                  value={question.is}
                  allowDeselect={false}
                  comboboxProps={{ zIndex: 200 }}
                  onChange={(next) => {
                    const kind = QUESTION_KINDS.find((one) => one === next);
                    if (kind) set({ ...freshQuestion(kind, question.id), text: question.text });
                  }}
                />
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  aria-label={named(t("removeQuestion"))}
                  disabled={questions.length === 1}
                  onClick={() => onChange(questions.toSpliced(i, 1))}
                >
                  <Icon name="close" size={15} />
                </ActionIcon>
              </Group>
              <WordsInput
                label={t("questionText")}
                row={String(i + 1)}
                words={question.text}
                onChange={(text) => set({ ...question, text })}
              />
              {question.is === "score" && (
                <Group gap={6} mt={6} grow>
                  <NumberInput
                    size="xs"
                    label={t("best")}
                    min={2}
                    max={10}
                    value={question.most}
                    onChange={(most) => typeof most === "number" && set({ ...question, most })}
                  />
                  <NumberInput
                    size="xs"
                    label={t("lowUpTo")}
                    min={1}
                    max={9}
                    value={question.lowUpTo}
                    onChange={(lowUpTo) => typeof lowUpTo === "number" && set({ ...question, lowUpTo })}
                  />
                </Group>
              )}
              {question.is === "choice" && <Options question={question} set={set} />}
            </div>
          );
        })}
        {questions.length < 10 && (
          <Group gap={6}>
            {QUESTION_KINDS.map((kind) => (
              <Button
                key={kind}
                size="compact-sm"
                variant="light"
                leftSection={<Icon name="add" size={14} />}
                onClick={() => onChange([...questions, fresh(kind)])}
              >
                {t(`question.${kind}`)}
              </Button>
            ))}
          </Group>
        )}
      </div>
    </Input.Wrapper>
  );
}

/** The id is the way out; it stays when the words change. */
function Options({
  question,
  set,
}: {
  question: Extract<QuestionDraft, { is: "choice" }>;
  set(next: QuestionDraft): void;
}) {
  const t = useT("designerActions");
  const ofRow = useOfRow();
  const { locale } = useShelf();
  const { options } = question;
  return (
    <div className={classes.stack}>
      {options.map((option, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option's id is being typed
        <Group key={i} gap={6} wrap="nowrap" align="end">
          <div className={classes.grow}>
            <WordsInput
              label={t("option", { at: String(i + 1) })}
              words={option.name}
              onChange={(name) => set({ ...question, options: options.with(i, { ...option, name }) })}
            />
          </div>
          <TextInput
            size="xs"
            w={92}
            aria-label={ofRow(t("optionId"), option.name[locale] ?? "", i)}
            value={option.id}
            maxLength={32}
            onChange={(event) => set({ ...question, options: options.with(i, { ...option, id: event.target.value }) })}
          />
          <ActionIcon
            size={26}
            variant="subtle"
            color="gray"
            aria-label={ofRow(t("removeOption"), option.name[locale] ?? "", i)}
            disabled={options.length <= 2}
            onClick={() => set({ ...question, options: options.toSpliced(i, 1) })}
          >
            <Icon name="close" size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<Icon name="add" size={14} />}
        disabled={options.length >= 10}
        style={{ justifySelf: "start" }}
        onClick={() => {
          let at = options.length + 1;
          while (options.some((one) => one.id === `o${at}`)) at++;
          set({ ...question, options: [...options, { id: `o${at}`, name: {} }] });
        }}
      >
        {t("addOption")}
      </Button>
    </div>
  );
}
