"use client";
import type { ComponentType } from "react";
import type { FieldType } from "@/core/journey/parts/field";
import { ChoiceField } from "./choice-field";
import { EventField } from "./event-field";
import type { FieldProps } from "./field-props";
import { JourneyField } from "./journey-field";
import { CasesField } from "./lists/cases-field";
import { ChangeField } from "./lists/change-field";
import { EscalationField } from "./lists/escalation-field";
import { HeadersField } from "./lists/headers-field";
import { OutcomesField } from "./lists/outcomes-field";
import { PropertiesField } from "./lists/properties-field";
import { QuestionsField } from "./lists/questions-field";
import { VariantsField } from "./lists/variants-field";
import { WaysField } from "./lists/ways-field";
import { ChannelsField } from "./messages/channels-field";
import { ContentField } from "./messages/content-field";
import { ContentsField } from "./messages/contents-field";
import { TemplateField } from "./messages/template-field";
import { NumberField } from "./number-field";
import { GrantsField } from "./offers/grants-field";
import { OfferField } from "./offers/offer-field";
import { RuleField } from "./rule-field";
import { SegmentField } from "./segment-field";
import { TagField } from "./tag-field";
import { TextField } from "./text-field";
import { TierField } from "./tier-field";
import { CronField } from "./time/cron-field";
import { DateField } from "./time/date-field";
import { DurationField } from "./time/duration-field";
import { EndField } from "./time/end-field";
import { MomentField } from "./time/moment-field";
import { OffsetField } from "./time/offset-field";
import { TimeField } from "./time/time-field";
import { WindowField } from "./time/window-field";
import { ZoneField } from "./time/zone-field";

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
  zone: ZoneField,
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
  ways: WaysField,
} satisfies Record<FieldType, ComponentType<FieldProps>>;
