/** Token formats of chat, mail, telephony, social and webhook services. Data only. */

export const MESSAGE_TOKENS = `
slack-bot-token  Slack  xoxb-{d8,14}-{d8,14}(-)?{[A-Za-z0-9-]0,64}  entropy=3
slack-legacy-bot-token  Slack  xoxb-{d8,14}-{A18,26}  entropy=2.8
slack-user-token  Slack  xoxp-{d8,14}-{d6,14}(-{d6,14})?-{[A-Za-z0-9-]28,64}
slack-user-token  Slack  xoxe-{d8,14}-{d8,14}-{d8,14}-{[A-Za-z0-9-]28,64}
slack-app-token  Slack  xapp-{d1,10}-{U4,16}-{d6,16}-{A20,128}
slack-config-access-token  Slack  xoxe.xoxb-{d1,3}-{A160,170}
slack-config-access-token  Slack  xoxe.xoxp-{d1,3}-{A160,170}
slack-config-refresh-token  Slack  xoxe-{d1,3}-{A140,160}
slack-legacy-token  Slack  xoxs-{d3,16}-{d3,16}-{d3,16}-{H8,64}
slack-legacy-token  Slack  xoxo-{d3,16}-{d3,16}-{d3,16}-{H8,64}
slack-legacy-workspace-token  Slack  xoxa-({d1}-)?{[0-9A-Za-z-]8,100}  entropy=2.8 words
slack-legacy-workspace-token  Slack  xoxr-({d1}-)?{[0-9A-Za-z-]8,100}  entropy=2.8 words
slack-session-token  Slack  xoxc-{d9,15}-{d9,15}-{d9,15}-{h64}
slack-session-cookie  Slack  xoxd-{[A-Za-z0-9/+%-]60,400}(=)?(=)?  entropy=3.5
slack-webhook-url  Slack  hooks.slack.com/(services|workflows|triggers)/{[A-Za-z0-9+/]36,80}  entropy=3.3
discord-webhook-url  Discord  discord.com/api/webhooks/{d16,21}/{s60,80}  entropy=4
discord-webhook-url  Discord  discordapp.com/api/webhooks/{d16,21}/{s60,80}  entropy=4
discord-mfa-token  Discord  mfa.{s84}  entropy=4
microsoft-teams-webhook  Microsoft Teams  webhook.office.com/webhookb2/{A8}-{A4}-{A4}-{A4}-{A12}@{A8}-{A4}-{A4}-{A4}-{A12}/IncomingWebhook/{A32}/{A8}-{A4}-{A4}-{A4}-{A12}
microsoft-teams-workflow-url  Microsoft Teams  triggers/manual/paths/invoke?api-version={[0-9-]10}&sp={[A-Za-z0-9%/]3,40}&sv=1.0&sig={s43}  entropy=4
google-chat-webhook  Google Chat  chat.googleapis.com/v1/spaces/{s8,16}/messages?key={s39}&token={[A-Za-z0-9_%-]40,60}  entropy=4
zapier-webhook-url  Zapier  hooks.zapier.com/hooks/catch/{d4,10}/{A5,10}  entropy=3
make-webhook-url  Make  make.com/{[a-z0-9]32}  entropy=3.3
ifttt-webhook-url  IFTTT  maker.ifttt.com/trigger/{s1,64}/(json/)?with/key/{s20,48}  entropy=3.5
telegram-bot-api-token  Telegram  {d8,10}:AA{s33}  find=:AA edge=- entropy=3.8
sendgrid-api-token  SendGrid  SG.{t66}  entropy=3.5
sendinblue-api-token  Brevo  xkeysib-{h64}-{A16}
sendinblue-smtp-key  Brevo  xsmtpsib-{h64}-{A16}
mailgun-private-api-token  Mailgun  key-{h32}  entropy=3
mailgun-pub-key  Mailgun  pubkey-{h32}  entropy=3
mailchimp-api-key  Mailchimp  {h32}-us{d1,2}  find=-us entropy=3
mandrill-api-key  Mandrill  md-{s22}  entropy=3.9 words
resend-api-key  Resend  re_{A8}_{A24}  entropy=3.5
mailersend-token  MailerSend  mlsn.{h64}
novu-secret  Novu  nv-{h32}  entropy=3
klaviyo-private-key  Klaviyo  pk_{h34}  entropy=3
hubspot-private-app-token  HubSpot  pat-(na1|na2|na3|eu1|ap1)-{u}  entropy=3
intercom-access-token  Intercom  dG9rO{b52,56}(=)?  entropy=4
onesignal-app-key  OneSignal  os_v2_(app|org)_{[a-z2-7]80,120}
pubnub-secret-key  PubNub  sec-c-{[A-Za-z0-9+/=-]40,60}  entropy=3.8
facebook-page-access-token  Facebook  EAA{[A-Z]1}{A100,400}  entropy=4
facebook-access-token  Facebook  EAACEdEose0cBA{A20,400}  entropy=3.5
instagram-access-token  Instagram  IG(QV|QW|AA){A100,300}  find=IGQV,IGQW,IGAA at=0 entropy=4
linkedin-access-token  LinkedIn  AQ{[UVWX]1}{s150,400}  find=AQU,AQV,AQW,AQX at=0 entropy=4.5
twitch-irc-token  Twitch  oauth:{a30}  entropy=3.3 words
twitch-stream-key  Twitch  live_{d8,10}_{A30}  entropy=3.5
pinterest-access-token  Pinterest  pina_{U60,140}  entropy=3.5
matrix-access-token  Matrix  syt_{s8,100}_{A20}_{A6}  entropy=3.5
nylas-api-key  Nylas  nyk_v0_{A60,70}
front-api-token  Front  frn_{A40}
slack-workflow-token  Slack  xwfp-{[A-Za-z0-9-]20,200}  entropy=3 words
logicmonitor-access-token  LogicMonitor  lma_{[A-Za-z0-9+/=_-]40,400}  entropy=4.2 words
logicmonitor-bearer-token  LogicMonitor  lmb_{[A-Za-z0-9+/=_-]40,400}  entropy=4.2 words
matrix-oauth-access-token  Matrix  mat_{A30}_{A6}
matrix-oauth-refresh-token  Matrix  mar_{A30}_{A6}
matrix-compat-access-token  Matrix  mct_{A30}_{A6}
matrix-compat-refresh-token  Matrix  mcr_{A30}_{A6}
nostr-secret-key  Nostr  nsec1{[023456789acdefghjklmnpqrstuvwxyz]58}
telnyx-api-key-v2  Telnyx  KEY{[0-9A-F]32}_{A22}
dropbox-short-lived-token  Dropbox  sl.(u.)?{s130,2000}  entropy=4.5
`;
