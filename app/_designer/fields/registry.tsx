"use client";
import type { ComponentType } from "react";
import type { FieldType } from "@/core/journey/field";
import { CasesField } from "./cases-field";
import { ChangeField } from "./change-field";
import { ChannelsField } from "./channels-field";
import { ChoiceField } from "./choice-field";
import { ContentField } from "./content-field";
import { ContentsField } from "./contents-field";
import { CronField } from "./cron-field";
import { DateField } from "./date-field";
import { DurationField } from "./duration-field";
import { EndField } from "./end-field";
import { EscalationField } from "./escalation-field";
import { EventField } from "./event-field";
import { EventsField } from "./events-field";
import type { FieldProps } from "./field-props";
import { GrantsField } from "./grants-field";
import { HeadersField } from "./headers-field";
import { JourneyField } from "./journey-field";
import { MomentField } from "./moment-field";
import { NumberField } from "./number-field";
import { OfferField } from "./offer-field";
import { OffsetField } from "./offset-field";
import { OutcomesField } from "./outcomes-field";
import { PropertiesField } from "./properties-field";
import { QuestionsField } from "./questions-field";
import { RuleField } from "./rule-field";
import { SegmentField } from "./segment-field";
import { TagField } from "./tag-field";
import { TemplateField } from "./template-field";
import { TextField } from "./text-field";
import { TierField } from "./tier-field";
import { TimeField } from "./time-field";
import { VariantsField } from "./variants-field";
import { WindowField } from "./window-field";

/** The widget of every field type; a type without one does not compile. */
export const fields = {
  text: TextField,
  number: NumberField,
  choice: ChoiceField,
  event: EventField,
  rule: RuleField,
  duration: DurationField,
  offer: OfferField,
  tag: TagField,
  segment: SegmentField,
  cron: CronField,
  moment: MomentField,
  content: ContentField,
  grants: GrantsField,
  change: ChangeField,
  tier: TierField,
  end: EndField,
  properties: PropertiesField,
  journey: JourneyField,
  channels: ChannelsField,
  contents: ContentsField,
  template: TemplateField,
  outcomes: OutcomesField,
  escalation: EscalationField,
  questions: QuestionsField,
  headers: HeadersField,
  cases: CasesField,
  variants: VariantsField,
  date: DateField,
  offset: OffsetField,
  time: TimeField,
  window: WindowField,
  events: EventsField,
} satisfies Record<FieldType, ComponentType<FieldProps>>;
