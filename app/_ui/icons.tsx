import {
  IconActivity,
  IconAlertTriangle,
  IconArrowFork,
  IconArrowRight,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconBroadcast,
  IconCalendarEvent,
  IconCheck,
  IconChevronRight,
  IconClock,
  IconClockPlay,
  IconCode,
  IconCoins,
  IconCopy,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDoorExit,
  IconDots,
  IconExternalLink,
  IconFlag,
  IconGift,
  IconHome,
  IconHourglass,
  IconId,
  IconInbox,
  IconKey,
  IconLanguage,
  IconLogout,
  IconMail,
  IconMailForward,
  IconMedal,
  IconMessage,
  IconMessage2,
  IconMoon,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlug,
  IconPlus,
  IconPodium,
  IconRefresh,
  IconRepeat,
  IconRoute,
  IconSearch,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconSwitch3,
  IconTag,
  IconTicket,
  IconTrash,
  IconUser,
  IconUsers,
  IconUsersGroup,
  IconX,
  IconZzz,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Icon as NodeIcon } from "@/core/journey/kind";

/** The icons that node kinds name. */
const nodes = {
  bolt: IconBolt,
  fork: IconArrowFork,
  switch: IconSwitch3,
  clock: IconClock,
  hourglass: IconHourglass,
  calendar: IconCalendarEvent,
  window: IconClockPlay,
  check: IconCheck,
  first: IconPodium,
  split: IconArrowsSplit2,
  send: IconSend,
  sms: IconMessage,
  email: IconMail,
  push: IconBell,
  gift: IconGift,
  coupon: IconTicket,
  points: IconCoins,
  tag: IconTag,
  attribute: IconId,
  tier: IconMedal,
  fallback: IconMailForward,
  event: IconBroadcast,
  play: IconPlayerPlay,
  stop: IconPlayerStop,
  segment: IconUsersGroup,
  inactive: IconZzz,
  repeat: IconRepeat,
  megaphone: IconSpeakerphone,
  plug: IconPlug,
  flag: IconFlag,
  door: IconDoorExit,
} satisfies Record<NodeIcon, TablerIcon>;

/** Every icon of the product by name: those of nodes, then the console's own. */
export const icons = {
  ...nodes,
  home: IconHome,
  journey: IconRoute,
  members: IconUsers,
  member: IconUser,
  offer: IconTicket,
  messages: IconMessage2,
  runs: IconActivity,
  events: IconCode,
  sandbox: IconDeviceMobile,
  inbox: IconInbox,
  integrations: IconPlug,
  settings: IconSettings,
  language: IconLanguage,
  light: IconSun,
  dark: IconMoon,
  auto: IconDeviceDesktop,
  search: IconSearch,
  signOut: IconLogout,
  copy: IconCopy,
  key: IconKey,
  warning: IconAlertTriangle,
  next: IconChevronRight,
  go: IconArrowRight,
  outside: IconExternalLink,
  add: IconPlus,
  edit: IconPencil,
  refresh: IconRefresh,
  more: IconDots,
  remove: IconTrash,
  close: IconX,
  pause: IconPlayerPause,
} satisfies Record<string, TablerIcon>;
export type IconName = keyof typeof icons;

/** An icon as decoration: hidden from screen readers, so whatever holds it has a text or a label. */
export function Icon({
  name,
  size = 18,
  stroke = 1.75,
  color,
}: {
  name: IconName;
  size?: number;
  stroke?: number;
  color?: string;
}) {
  const Drawn = icons[name];
  return (
    <Drawn
      size={size}
      stroke={stroke}
      aria-hidden
      focusable={false}
      style={{ flex: "none", ...(color && { color }) }}
    />
  );
}
