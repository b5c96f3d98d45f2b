/** Token formats of cloud platforms, databases, networks and secret stores. Data only. */

export const CLOUD_TOKENS = `
aws-access-token  AWS  AKIA{y16}  entropy=3
aws-access-token  AWS  ASIA{y16}  entropy=3
aws-access-token  AWS  ABIA{y16}  entropy=3
aws-access-token  AWS  ACCA{y16}  entropy=3
aws-access-token  AWS  A3T{U1}{y16}  entropy=3
aws-appsync-key  AWS AppSync  da2-{a26}
aws-mws-token  Amazon MWS  amzn.mws.{u}
amazon-oauth-secret  Amazon  amzn1.oa2-cs.v1.{h64}
alibaba-access-key-id  Alibaba Cloud  LTAI{A17,21}  entropy=3
tencent-secret-id  Tencent Cloud  AKID{A32}  entropy=3.5
azure-ad-client-secret  Azure AD  {[A-Za-z0-9_~.]3}{d1}Q~{[A-Za-z0-9_~.-]31,34}  find=0Q~,1Q~,2Q~,3Q~,4Q~,5Q~,6Q~,7Q~,8Q~,9Q~ at=3 edge=~.- entropy=3
azure-devops-pat  Azure DevOps  {A76}AZDO{A4}  find=AZDO entropy=4
azure-ai-key  Azure AI  {A52}JQQJ99{A26}  find=JQQJ99 entropy=4
azure-functions-key  Azure Functions  {s44}AzFu{s6}==  find=AzFu entropy=4
azure-search-key  Azure AI Search  {A42}AzSe{A6}  find=AzSe entropy=4
azure-container-registry-key  Azure Container Registry  {A42}+ACR{A6}  find=+ACR entropy=4
azure-cosmos-key  Azure Cosmos DB  {b76}ACDb{b6}==  find=ACDb entropy=4
azure-storage-account-key  Azure Storage  {b76}+ASt{b6}==  find=+ASt entropy=4
azure-batch-key  Azure Batch  {b76}+ABa{b6}==  find=+ABa entropy=4
azure-service-bus-key  Azure Service Bus  {b33}+ASb{b6}=  find=+ASb entropy=4
azure-event-hub-key  Azure Event Hubs  {b33}+AEh{b6}=  find=+AEh entropy=4
azure-relay-key  Azure Relay  {b33}+ARm{b6}=  find=+ARm entropy=4
azure-iot-key  Azure IoT  {b33}AIoT{b6}=  find=AIoT entropy=4
azure-redis-key  Azure Cache for Redis  {A33}AzCa{A5}=  find=AzCa entropy=4
azure-apim-key  Azure API Management  {b76}APIM{b6}==  find=APIM entropy=4
gcp-api-key  Google Cloud  AIza{s35}  entropy=3.6
google-oauth-client-secret  Google  GOCSPX-{s28}  entropy=3.3
google-oauth-access-token  Google  ya29.{s30,1000}
google-oauth-refresh-token  Google  1//0{s40,120}  entropy=4
firebase-cloud-messaging-key  Firebase  {s11}:APA91b{s120,180}  find=:APA91b entropy=4
digitalocean-pat  DigitalOcean  dop_v1_{h64}
digitalocean-access-token  DigitalOcean  doo_v1_{h64}
digitalocean-refresh-token  DigitalOcean  dor_v1_{h64}
scaleway-access-key  Scaleway  SCW{[A-Z0-9]17}  entropy=3.3 words
exoscale-api-key  Exoscale  EXO{[a-z0-9]24,30}  entropy=3.5 words
upcloud-api-token  UpCloud  ucat_{U24,32}
heroku-api-key-v2  Heroku  HRKU-{s58,70}  entropy=3.8
render-api-key  Render  rnd_{A28,40}  words
flyio-access-token  Fly.io  fo1_{s43}  entropy=3.5
flyio-access-token  Fly.io  fm1r_{b90,1500}(=)?(=)?  entropy=4
flyio-access-token  Fly.io  fm1a_{b90,1500}(=)?(=)?  entropy=4
flyio-access-token  Fly.io  fm2_{b90,1500}(=)?(=)?  entropy=4
netlify-personal-token  Netlify  nfp_{A36,48}
netlify-build-token  Netlify  nfc_{A36,48}
vercel-personal-access-token  Vercel  vcp_{s56}
vercel-integration-token  Vercel  vci_{s56}
vercel-app-access-token  Vercel  vca_{s56}
vercel-app-refresh-token  Vercel  vcr_{s56}
vercel-blob-token  Vercel  vercel_blob_rw_{A16,20}_{A28,32}
cloudflare-origin-ca-key  Cloudflare  v1.0-{h24}-{h146}
cloudflare-user-token  Cloudflare  cfut_{A40,64}
cloudflare-account-token  Cloudflare  cfat_{A40,64}
cloudflare-global-key  Cloudflare  cfk_{A40,64}
supabase-management-token  Supabase  sbp_{h40}
supabase-oauth-token  Supabase  sbp_oauth_{h40}
supabase-project-api-key  Supabase  sb_secret_{s31}
neon-api-key  Neon  napi_{a60,70}
neon-database-password  Neon  npg_{A12,24}  entropy=3 words
planetscale-password  PlanetScale  pscale_pw_{t32,64}  entropy=3
planetscale-api-token  PlanetScale  pscale_tkn_{t32,64}  entropy=3
planetscale-oauth-token  PlanetScale  pscale_oauth_{t32,64}  entropy=3
planetscale-user-token  PlanetScale  pscale_otkn_{t32,64}  entropy=3
mongodb-atlas-service-account-secret  MongoDB Atlas  mdb_sa_sk_{s40}  entropy=3
cockroachlabs-cloud-api-key  CockroachDB  CCDB1_{A22}_{A40}
databricks-api-token  Databricks  dapi{h32}(-{d1})?  entropy=3
databricks-service-token  Databricks  dose{h32}(-{d1})?  entropy=3
databricks-session-token  Databricks  dkea{h32}(-{d1})?  entropy=3
clickhouse-cloud-api-secret-key  ClickHouse  4b1d{A38}  entropy=3.5
elastic-cloud-api-key  Elastic  essu_{b60,200}(=)?(=)?
aiven-service-password  Aiven  AVNS_{s19}
fauna-key  Fauna  fnA{s37,40}  entropy=4 words
xata-api-key  Xata  xau_{A32,48}
tigris-access-key  Tigris  tsec_{s40,70}
tailscale-auth-key  Tailscale  tskey-(auth|api|client|scim|webhook)-{A9,24}-{A20,40}
defined-networking-api-token  Defined Networking  dnkey-{e26}-{e52}
doppler-api-token  Doppler  dp.pt.{A40,44}
doppler-cli-token  Doppler  dp.ct.{A40,44}
doppler-service-token  Doppler  dp.st.({[a-z0-9_-]2,35}.)?{A40,44}
doppler-service-account-token  Doppler  dp.sa.{A40,44}
doppler-scim-token  Doppler  dp.scim.{A40,44}
doppler-audit-token  Doppler  dp.audit.{A40,44}
hashicorp-tf-api-token  Terraform Cloud  {A14}.atlasv1.{e60,70}  find=.atlasv1. entropy=3.5
vault-service-token  HashiCorp Vault  hvs.{s90,120}  entropy=3.5
vault-short-service-token  HashiCorp Vault  hvs.{A24}  entropy=3.5
vault-batch-token  HashiCorp Vault  hvb.{s100,300}  entropy=3.5
vault-recovery-token  HashiCorp Vault  hvr.{s24,120}  entropy=3.5
pulumi-api-token  Pulumi  pul-{h40}
infracost-api-token  Infracost  ico-{A32}  edge=. entropy=3
1password-service-account-token  1Password  ops_eyJ{b200,2000}(=)?(=)?(=)?  entropy=4
1password-secret-key  1Password  A3-{U6}-({U11}|{U6}-{U5})-{U5}-{U5}-{U5}  entropy=3.5
age-secret-key  age  AGE-SECRET-KEY-1{[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]58}
age-post-quantum-key  age  AGE-SECRET-KEY-PQ-1{[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]58,120}
openshift-user-token  OpenShift  sha256~{s43}  edge=- entropy=3.5
harness-api-key  Harness  pat.{s22}.{A24}.{A20}  entropy=3.4
harness-api-key  Harness  sat.{s22}.{A24}.{A20}  entropy=3.4
scalingo-api-token  Scalingo  tk-us-{s48}
maxmind-license-key  MaxMind  {A6}_{A29}_mmk  find=_mmk entropy=4
jumpcloud-api-key-v2  JumpCloud  jca_{A36}
authress-service-client-access-key  Authress  (sc|ext|scauth|authress)_{a5,30}.{a4,6}.acc{[_-]1}{[a-z0-9-]10,32}.{[A-Za-z0-9+/_=-]30,120}  find=.acc entropy=3.8
baidu-access-key-id  Baidu AI Cloud  ALTAK{A18,28}  entropy=3.3
confluent-cloud-api-secret  Confluent  cflt{[A-Za-z0-9+/]60}  entropy=4
convex-deploy-key  Convex  (prod|dev|preview|project):{[a-z0-9:-]4,80}{[|]1}eyJ2{b30,240}(=)?(=)?  find=eyJ2
google-hmac-key-id  Google Cloud  GOOG1E{[A-Z0-9]55}  entropy=3.5
google-hmac-user-key-id  Google Cloud  GOOG{[A-Z0-9]20}  entropy=3.5 words
headscale-key  Headscale  hskey-(api|auth|reg)-{s8,16}-{s32,80}  entropy=3.8
infisical-service-token  Infisical  st.{[A-Za-z0-9-]12,48}.{h24,64}.{h16,64}  entropy=3.3
jdcloud-access-key-id  JD Cloud  JDC_{[A-Z0-9]25,40}
localstack-auth-token  LocalStack  ls-{A8}-{A4}-{A4}-{A4}-{A12}  entropy=3.5 words
netbird-access-token  NetBird  nbp_{A36}
netlify-oauth-token  Netlify  nfo_{A36,48}
netlify-session-token  Netlify  nfu_{A36,48}
netlify-builder-token  Netlify  nfb_{A36,48}
rancher-api-token  Rancher  token-{a5}:{a54}  entropy=3.8
rancher-kubeconfig-token  Rancher  kubeconfig-{[a-z0-9.-]4,40}:{a54}  entropy=3.8
supabase-management-token-v0  Supabase  sbp_v0_{h40}
unleash-api-token  Unleash  {[*a-z0-9-]1,40}:production.{h56,64}  find=:production. entropy=3
unleash-api-token  Unleash  {[*a-z0-9-]1,40}:development.{h56,64}  find=:development. entropy=3
volcengine-access-key-id  Volcano Engine  AKLT{s40,60}  entropy=3.5
volcengine-session-key-id  Volcano Engine  AKTP{s40,60}  entropy=3.5
yandex-cloud-api-key  Yandex  AQVN{s35,38}  entropy=4
yandex-oauth-token  Yandex  y0_{s50,70}  entropy=4
yandex-iam-token  Yandex  t1.{s40,400}(=)?(=)?.{s86}(=)?(=)?  entropy=4
`;
