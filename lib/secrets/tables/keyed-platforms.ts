/** Formats of platforms and developer tools that only a provider's name in the key gives away. Data only. */

export const KEYED_PLATFORMS = `
aws-secret-access-key  AWS  aws secret_access_key secretaccesskey secret-access-key  {[A-Za-z0-9+/]40}  entropy=4
aws-session-token  AWS  session_token sessiontoken security_token  {[A-Za-z0-9+/]180,1200}(=)?(=)?  entropy=4.5
ably-api-key  Ably  ably  {s6}.{s6}:{s43}
adafruit-api-key  Adafruit  adafruit  {s32}
adobe-client-id  Adobe  adobe  {h32}
airtable-api-key  Airtable  airtable  {a17} key{A14} app{A14} {A10,80}.v1.{s20,200}.{h32,128}
algolia-api-key  Algolia  algolia  {a32}
alibaba-secret-key  Alibaba Cloud  alibaba aliyun  {A30}  entropy=3.5
asana-client-id  Asana  asana  {d16} {d1}/{d13,17}:{A32} {d1}/{d13,17}/{d13,17}:{h32}
asana-client-secret  Asana  asana  {a32}
assemblyai-api-key  AssemblyAI  assemblyai assembly_ai  {a32}
atlassian-api-token  Atlassian  atlassian confluence jira  {a20}{h4} {A24}  entropy=3.3
auth0-client-secret  Auth0  auth0  {s64} {s48}  entropy=4
azure-devops-legacy-pat  Azure DevOps  azure devops vsts ado_pat  {[a-z2-7]52}  entropy=3.8
azure-storage-shared-key  Azure  accountkey storage_key storagekey azure sharedaccesskey  {b86}== {b43}=  entropy=4
azure-subscription-key  Azure  azure ocp-apim-subscription-key cognitive  {h32}  noun entropy=3
backblaze-application-key  Backblaze  backblaze b2_application_key b2_key  K0{d2}{b27}  noun entropy=3.5
bitbucket-client-id  Bitbucket  bitbucket  {a32}
bitbucket-client-secret  Bitbucket  bitbucket  {e64} {A20}
blynk-device-token  Blynk  blynk  {s32} oa2-client-id_{s32}:{s40}
browserstack-access-key  BrowserStack  browserstack browser_stack  {A20}  noun
buildkite-legacy-token  Buildkite  buildkite  {h40} {a40}
circleci-legacy-token  CircleCI  circleci circle_ci circle  {h40}  noun
civo-api-key  Civo  civo  {A50}
clickhouse-key  ClickHouse  clickhouse  {A42}  noun
cloudflare-api-key  Cloudflare  cloudflare cf_api  {s40}  noun
cloudflare-global-api-key  Cloudflare  cloudflare cf_api  {h37}  noun
cloudinary-api-secret  Cloudinary  cloudinary  {s27} {A32}  noun entropy=3.5
codacy-token  Codacy  codacy  {A20} {h32}  noun
codeclimate-token  Code Climate  codeclimate cc_test_reporter  {h64} {h40}
codecov-access-token  Codecov  codecov  {a32} {u}
cohere-api-token  Cohere  cohere co_api_key  {A40}  entropy=4
confluent-access-token  Confluent  confluent  {A16}  noun
confluent-secret-key  Confluent  confluent  {[A-Za-z0-9+/]64}  noun
contentful-delivery-api-token  Contentful  contentful  {e43}
contentstack-token  Contentstack  contentstack  cs{h18,40} blt{h16} {h26,40}
coveralls-token  Coveralls  coveralls  {[A-Za-z0-9-]37} {A32}
databricks-workspace-key  Databricks  databricks  {h32} {h36}  noun
deepgram-api-key  Deepgram  deepgram  {h40}
deepl-api-key  DeepL  deepl  {u}:fx {u}
digitalocean-spaces-key  DigitalOcean  digitalocean do_spaces spaces_secret  {h64} {b43}  noun entropy=3.3
docker-registry-token  Docker  dockerhub docker_hub docker  {u}  noun
droneci-access-token  Drone CI  droneci drone  {a32}  noun
dropbox-api-token  Dropbox  dropbox  {a15} {a11}AAAAAAAAAA{e43} sl.{e130,1400}
elastic-api-key  Elastic  elastic elasticsearch  {b57}= {b58}== {b59}=  noun entropy=4
elevenlabs-legacy-key  ElevenLabs  elevenlabs eleven_labs xi-api-key  {h32}
endor-secret  Endor Labs  endorlabs endor  {A32,64}  noun
exa-api-key  Exa  exa_api exa  {u}  noun
exoscale-api-secret  Exoscale  exoscale  {s40,60}  entropy=4
expo-access-token  Expo  expo  {s40}  noun entropy=3.8
fal-key  fal  fal_key fal  {u}:{h32}  noun
fastly-api-token  Fastly  fastly  {s32}
figma-legacy-token  Figma  figma x-figma-token  {h4,6}-{u} {d5,6}-{u}
gitea-access-token  Gitea  gitea forgejo  {h40}  noun
gitee-token  Gitee  gitee  {h32} {h64}
github-client-secret  GitHub  github  {h40}  noun entropy=3
gitlab-legacy-token  GitLab  gitlab  {s20}  noun entropy=3.5
gitter-access-token  Gitter  gitter  {s40}
google-client-secret  Google  google gcp  {s24}  noun entropy=3.8
greptile-api-key  Greptile  greptile  {b48}  entropy=3.5
hashicorp-vault-legacy-token  HashiCorp Vault  vault  s.{A24}  entropy=3.5
hcp-client-secret  HashiCorp Cloud  hcp  {s64}  noun entropy=4
heroku-api-key  Heroku  heroku  {u}
hetzner-api-token  Hetzner  hetzner hcloud  {A64} {A32}  noun entropy=4
ibm-cloud-user-api-key  IBM Cloud  ibm ibmcloud  {s42,44}  noun entropy=3.8
influxdb-api-token  InfluxDB  influx influxdb  {s86}== {s88}  entropy=4
infomaniak-api-token  Infomaniak  infomaniak  {s60,100}
infura-api-key  Infura  infura  {h32}
ipinfo-token  IPinfo  ipinfo  {h14}  noun
jenkins-api-token  Jenkins  jenkins  {h32} {h34} {h64}  noun
jfrog-api-key  JFrog  jfrog artifactory bintray xray  {A73}  entropy=3.5
jfrog-identity-token  JFrog  jfrog artifactory bintray xray  {A64}  entropy=3.5
jumpcloud-api-key  JumpCloud  jumpcloud  {a40}
kagi-api-key  Kagi  kagi  {s11}.{s43}
kubeadm-bootstrap-token  Kubernetes  kubeadm bootstrap token-id  {a6}.{a16}  noun
laravel-app-key  Laravel  app_key  base64:{b43}=  entropy=4
launchdarkly-access-token  LaunchDarkly  launchdarkly launch_darkly  {e40}
linear-client-secret  Linear  linear  {h32}  noun
linode-pat  Linode  linode  {h64}
maxmind-key  MaxMind  maxmind geolite  {A16}  noun
mistral-api-key  Mistral AI  mistral  {A32}  noun
modal-token  Modal  modal  (ak|as)-{A22}
moonshot-api-key  Moonshot AI  kimi moonshot  sk-{s40,60}
netlify-access-token  Netlify  netlify  {e40,46}  entropy=3.5
ngrok-token  ngrok  ngrok  {A24,30}_{A20,24} cr_{A24,30} ak_{A24,30}  entropy=3.8
npm-legacy-auth-token  npm  npm  {u}  noun
nuget-legacy-key  NuGet  nuget  {u} oy2{a43}  noun
okta-access-token  Okta  okta  00{e40}  entropy=3.8
ollama-api-key  Ollama  ollama  {h32}.{s24}
openweather-api-key  OpenWeather  openweather openweathermap open_weather  {h32}
ovh-secret  OVHcloud  ovh  {A32} {A16}  noun
particle-access-token  Particle  particle  {h40}  noun
percy-token  Percy  percy  (web|app|auto|ss)_{a64} {h64}
pinecone-legacy-key  Pinecone  pinecone  {u}  noun
planetscale-legacy-token  PlanetScale  planetscale  {A40,43}  noun
privateai-api-token  Private AI  privateai private_ai private-ai  {a32}
qdrant-api-key  Qdrant  qdrant  {s54,60}  noun entropy=4
railway-token  Railway  railway  {u}  noun
rapidapi-access-token  RapidAPI  rapidapi rapid_api rapid-api  {s50}
recaptcha-secret  Google reCAPTCHA  recaptcha  6L{s38}  noun
runway-legacy-key  Stability AI  stability  sk-{A48}
saucelabs-access-key  Sauce Labs  sauce saucelabs sauce_labs  {u}
scaleway-secret-key  Scaleway  scaleway scw  {u}  noun
scrapingbee-key  ScrapingBee  scrapingbee scrapingant scraperapi  {U80} {h32}
serpapi-key  SerpApi  serpapi serper  {h64} {h40}
shodan-api-key  Shodan  shodan  {A32}
snowflake-pat  Snowflake  snowflake  {A40,200}  noun entropy=4.3
snyk-api-token  Snyk  snyk  {u}  noun
sonar-api-token  SonarQube  sonar sonarqube sonarcloud  (squ_|sqp_|sqa_)?{e40}  noun
sourcegraph-legacy-token  Sourcegraph  sourcegraph  {H40}  entropy=3
spaceship-token  Twingate  twingate  {s80,120}  noun entropy=4
testingbot-secret  LambdaTest  lambdatest lt_access lambda_test  {A50} LT_{A40,48}
travisci-access-token  Travis CI  travis travisci  {s22}  noun entropy=3.3
upstage-api-key  Upstage  upstage  up_{A29,40} {A40,50}  entropy=4
upstash-token  Upstash  upstash  {s40,120}(=)?(=)?  noun entropy=4
vercel-api-token  Vercel  vercel  {A24}  noun entropy=3.5
virustotal-api-key  VirusTotal  virustotal virus_total  {h64}
voyageai-api-key  Voyage AI  voyage voyageai  pa-{s43}
vultr-api-key  Vultr  vultr  {U36}
weights-and-biases-api-key  Weights & Biases  wandb weightsandbiases  {h40}
wireguard-key  WireGuard  privatekey presharedkey  {b43}=  entropy=4
yandex-api-key  Yandex  yandex  AQVN{s35,38}
yandex-aws-access-token  Yandex  yandex  YC{s38}
yandex-access-token  Yandex  yandex  t1.{s4,200}(=)?(=)?.{s86}(=)?(=)? (y0|y1|y2|y3)_{s50,70}
zai-api-key  Z.ai  zai z_ai glm zhipu zhipuai bigmodel  {h32}.{A16}
bitwarden-access-token  Bitwarden  bitwarden bws  0.{u}.{A30}:{b22}==
composio-api-key  Composio  composio  (ak|ck)_{s20}
dify-api-key  Dify  dify  (app|dataset)-{A24}
`;
