/** Formats as their providers publish them, apart from the product's own tables, so that a row that gets too narrow is noticed. Data only. */

/** `name  template` and, for what is a token only after a key, `  KEY`. */
export const PUBLISHED = `
gitlab-runner-legacy  glrtr-{s20}
gitlab-workspace  glwt-{s20}
nuget  oy2{a43}
packagist-ort  packagist_ort_{h68}
packagist-uut  packagist_uut_{h68}
packagist-ack  packagist_ack_{h32}
packagist-acs  packagist_acs_{h80}
infisical-st  st.{h24}.{h32}.{h32}
bitwarden-sm  0.{u}.{A30}:{b22}==  bws_access_token
netlify-pat48  nfp_{A48}
netlify-oauth  nfo_{A40}
netlify-ui  nfu_{A40}
netlify-build  nfb_{A40}
confluent-secret  cflt{[A-Za-z0-9+/]60}
elastic-essu  essu_{b80}==
chroma  ck-{A44}
requesty  rqsty-sk-{s70}
voyage  pa-{s43}
steel  ste-{A66}
cursor-user  crsr_{h64}
windsurf  sk-ws-01-{s60}
amp  sgamp_user_{A26}_{h64}
factory  fk-{s40}
warp  wk-1.{h64}
dify-app  app-{A24}  DIFY_API_KEY
coze-pat  pat_{A64}
luma  luma-{u}-{u}
retell  key_{h28}
ragie  tnt_{A11}_{A40}
slack-workflow  xwfp-{d12}-{d13}-{A32}
teams-webhook  https://acme.webhook.office.com/webhookb2/{u}@{u}/IncomingWebhook/{h32}/{u}
courier  pk_prod_{U28}  COURIER_AUTH_TOKEN
knock  sk_live_{s43}
stripe-org  sk_org_live_{A98}
flutterwave-vt  FLWSECK-{h32}-{h11}vt-X
mollie-live  live_{A30}
checkout  sk_{[a-z2-7]26}{[*:=+#!]1}
checkout-sbox  sk_sbox_{[a-z2-7]27}
adyen  AQE{[a-z]1}hmfuXNWTK0Qc+iSS{b100}  ADYEN_API_KEY
mercury  secret-token:mercury_production_wma_{A40}_{l7}
shopify-user  shpua_{h32}
shopify-theme  shptka_{h32}
calcom  cal_live_{h32}
calcom2  cal_{h32}
n8n  n8n_api_{h80}
workos  sk_live_a2V5{A80}
radar  prj_live_sk_{h40}
yandex-cloud-api  AQVN{s36}
yandex-oauth  y0_{s55}
yandex-oauth2  y0__{s60}
yandex-iam  t1.{s150}.{s86}
volcengine  AKLT{s44}
jdcloud  JDC_{U28}
dropbox-short  sl.{s135}
dropbox-u  sl.u.{s600}
cfx  cfxk_{A20}_{A6}
lichess  lip_{A20}
ubidots  BBFF-{A30}
ubidots2  BBUS-{A30}
onfido  api_live.{s11}.{s32}
onfido-us  api_live_us.{s11}.{s32}
localstack  ls-{A8}-{A4}-{A4}-{A4}-{A12}
unkey  unkey_{A24}
thunderstore  tss_{A32}
devcycle  dvc_server_{h32}_{A8}
highnote  sk_live_{s62}
builder-io  bpk-{h32}
logicmonitor-bearer  lmb_{A60,120}
logicmonitor-access  lma_{A60,120}
telnyx  KEY{[0-9A-F]32}_{A22}
openvsx  ovsxat_{u}
ovsx2  ovsxp_{u}
fullstory  na1.{b80}
azure-signalr  Endpoint=https://acme.service.signalr.net;AccessKey={b43}=;Version=1.0;
matrix-mas  mat_{A30}_{A6}
matrix-mcr  mcr_{A30}_{A6}
trigger-pat  tr_pat_{a40}
svix  testsk_{s32}
liveblocks  sk_prod_{s70}
nostr  nsec1{[023456789acdefghjklmnpqrstuvwxyz]58}
convex-deploy  prod:happy-otter-123{[|]1}eyJ2{b80}
convex-project  project:acme:app{[|]1}eyJ2{b80}
gcp-sa-hmac  GOOG1E{U55}
ramp  ramp_sec_{A48}
brex  bxt_{A40}
gitbook  gb_api_{A40}
mintlify  mint_{A22}
novita  sk_{s43}
anthropic-sid02  sk-ant-sid02-{s86}
codesandbox  csb_v1_{s43}
fireworks-svc  fpk_{A24}
kimi  sk-kimi-{A64}
tinybird  p.eyJ{s100}.{s43}
baidu  ALTAK{A21}
headscale-api  hskey-api-{s12}-{s64}
netbird  nbp_{A36}
rancher  token-{a5}:{a54}
rancher-kubeconfig  kubeconfig-user-{a10}:{a54}
supabase-v0  sbp_v0_{h40}
unleash  *:production.{h56}
unleash-dev  default:development.{h56}
akt-session  AKTP{A50}
chromatic  chpt_{h12}
ecwid  secret_{A32}
phabricator  api-{a28}
riot  RGAPI-{u}
roblox  _{[|]1}WARNING:-DO-NOT-SHARE-THIS.--Sharing-this-will-allow-someone-to-log-in-as-you-and-to-steal-your-ROBUX-and-items.{[|]1}_{U600}
age-pq  AGE-SECRET-KEY-PQ-1{[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]58}
matrix-mar  mar_{A30}_{A6}
composio  ak_{s20}  COMPOSIO_API_KEY
crossmint  sk_production_{A32}
semgrep  {h64}  SEMGREP_APP_TOKEN
`;
