/** Token formats of monitoring, feature flag, analytics and customer-data services. Data only. */

export const OPERATION_TOKENS = `
grafana-api-key  Grafana  eyJrIjoi{b40,400}(=)?(=)?  entropy=3.5
grafana-cloud-api-token  Grafana Cloud  glc_{b32,400}(=)?(=)?  entropy=3 words
grafana-service-account-token  Grafana  glsa_{A32}_{H8}  entropy=3.3
grafana-k6-token  Grafana k6  glk6_{A30,64}  entropy=3.3
sentry-org-token  Sentry  sntrys_eyJ{b10,400}(=)?(=)?_{b43}  edge=+/ entropy=4.3
sentry-user-token  Sentry  sntryu_{h64}  entropy=3.4
sentry-integration-token  Sentry  sntryi_{h64}  entropy=3.4
sentry-app-token  Sentry  sntrya_{h64}  entropy=3.4
honeycomb-ingest-key  Honeycomb  hc{[abx]1}ik_{a58}  find=hcaik_,hcbik_,hcxik_ at=0
honeycomb-management-key  Honeycomb  hc{[abx]1}mk_{a20,64}  find=hcamk_,hcbmk_,hcxmk_ at=0
new-relic-user-api-key  New Relic  NRAK-{A27}  entropy=3
new-relic-browser-api-token  New Relic  NRJS-{h19}  entropy=2.8
new-relic-insert-key  New Relic  NRII-{s32}  entropy=3
new-relic-query-key  New Relic  NRIQ-{s32}  entropy=3
new-relic-admin-key  New Relic  NRAA-{h27}  entropy=3
new-relic-rest-key  New Relic  NRRA-{h42}  entropy=3
new-relic-synthetics-key  New Relic  NRSP-{l2}{d2}{H31}  entropy=3
new-relic-license-key  New Relic  {h36}NRAL  find=NRAL entropy=3
new-relic-pixie-api-key  New Relic Pixie  px-api-{u}
new-relic-pixie-deploy-key  New Relic Pixie  px-dep-{u}
dynatrace-api-token  Dynatrace  dt0c01.{A24}.{A64}  entropy=3.8
dynatrace-internal-token  Dynatrace  dt0s{d2}.{A8,24}.{A64}  entropy=3.8
datadog-application-key  Datadog  ddapp_{A34}
datadog-pat  Datadog  ddpat_{A40,64}
axiom-api-token  Axiom  xaat-{u}
axiom-personal-token  Axiom  xapt-{u}
coralogix-key  Coralogix  cxt{[ph]1}_{A30}
checkly-user-key  Checkly  cu_{h32}  entropy=3
mezmo-service-key  Mezmo  sts_{h32}  entropy=3
logfire-token  Pydantic Logfire  pylf_v{d1}_({l2}_)?{A43}
rootly-api-token  Rootly  rootly_{h64}
firehydrant-bot-token  FireHydrant  fhb-{h32,64}
healthchecks-key  Healthchecks.io  hcw_{A28}  entropy=3.3
posthog-personal-api-key  PostHog  phx_{s43,48}  entropy=3.3
posthog-project-secret  PostHog  phs_{s43,48}  entropy=3.3
posthog-project-api-key  PostHog  phc_{s43}  entropy=3.3
segment-public-api-token  Segment  sgp_{A64}  entropy=3.8
launchdarkly-sdk-key  LaunchDarkly  sdk-{u}
launchdarkly-api-key  LaunchDarkly  api-{u}
launchdarkly-relay-key  LaunchDarkly  rel-{u}
configcat-sdk-key-extended  ConfigCat  configcat-sdk-1/{s22}/{s22}
statsig-server-secret  Statsig  secret-{A43}  entropy=3.8
statsig-console-key  Statsig  console-{A43}  entropy=3.8
flagsmith-server-key  Flagsmith  ser.{A22}  entropy=3.5
growthbook-secret  GrowthBook  secret_admin_{A30,60}
rudderstack-token  RudderStack  rspat_{A27}
dbt-cloud-token  dbt  dbt{[cu]1}_{[A-Za-z0-9+/=_-]32,60}  find=dbtc_,dbtu_ at=0 entropy=3.6
kagi-session-link  Kagi  kagi.com/search?token={s11}.{s43}
salesforce-access-token  Salesforce  00D{A12}!{[A-Za-z0-9_.]80,130}  edge=! entropy=4
salesforce-consumer-key  Salesforce  3MVG9{[A-Za-z0-9_.]80,251}  entropy=4
thingsboard-device-url  ThingsBoard  thingsboard.cloud/api/v1/{A20}/  entropy=3.3
vantage-token  Vantage  vntg_tkn_{h40}
okta-scoped-token  Okta  SSWS 00{s40}  entropy=3.8
django-insecure-key  Django  django-insecure-{[A-Za-z0-9!@#$%^&*()_+=-]50}  entropy=3.8
`;
