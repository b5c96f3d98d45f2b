/** Token formats of code hosts, package registries, build services and developer tools. Data only. */

export const CODE_TOKENS = `
github-pat  GitHub  ghp_{A36}  entropy=3 checksum
github-oauth  GitHub  gho_{A36}  entropy=3 checksum
github-app-token  GitHub  ghu_{A36}  entropy=3 checksum
github-app-token  GitHub  ghs_{A36}  entropy=3 checksum
github-refresh-token  GitHub  ghr_{A36}  entropy=3 checksum
github-refresh-token  GitHub  ghr_{A76}  entropy=3
github-fine-grained-pat  GitHub  github_pat_{w82}  entropy=3
github-app-jwt-token  GitHub  ghs_{A4,20}_eyJ{t60,600}  entropy=4
gitlab-pat  GitLab  glpat-{s20,22}  entropy=3
gitlab-pat-routable  GitLab  glpat-{s27,300}.{a2}(.)?{a7,9}  entropy=3.5
gitlab-cicd-job-token  GitLab  glcbt-({A1,5}_)?{s20,64}  entropy=3
gitlab-deploy-token  GitLab  gldt-{s20,64}  entropy=3
gitlab-feature-flag-client-token  GitLab  glffct-{s20,64}  entropy=3
gitlab-feed-token  GitLab  glft-{s20,64}  entropy=3
gitlab-incoming-mail-token  GitLab  glimt-{s25}  entropy=3
gitlab-kubernetes-agent-token  GitLab  glagent-{s50}  entropy=3
gitlab-oauth-app-secret  GitLab  gloas-{s64}  entropy=3
gitlab-ptt  GitLab  glptt-{h40}  entropy=3
gitlab-rrt  GitLab  GR1348941{s20}  entropy=3
gitlab-runner-authentication-token  GitLab  glrt-{s20,22}  entropy=3
gitlab-runner-authentication-token-routable  GitLab  glrt-t{d1}_{s27,300}.{a2}(.)?{a7,9}  entropy=3.5
gitlab-scim-token  GitLab  glsoat-{s20,22}  entropy=3
gitlab-session-cookie  GitLab  _gitlab_session={a32}  entropy=3
bitbucket-app-password  Bitbucket  ATBB{A32}  entropy=3.5
bitbucket-access-token  Bitbucket  ATCTT3xFfGN0{s150,220}(={H8})?
atlassian-api-token  Atlassian  ATATT3{e170,200}  entropy=3.5
atlassian-admin-token  Atlassian  ATCTT3{e150,210}  entropy=3.5
npm-access-token  npm  npm_{A36}  entropy=3 checksum
npm-legacy-token  npm  NpmToken.{u}
pypi-upload-token  PyPI  pypi-AgEIcHlwaS5vcmc{s50,1000}  entropy=3
pypi-test-token  TestPyPI  pypi-AgENdGVzdC5weXBpLm9yZ{s50,1000}  entropy=3
rubygems-api-token  RubyGems  rubygems_{h48}
clojars-api-token  Clojars  CLOJARS_{a60}  entropy=3
crates-io-token  crates.io  cio{A32}  entropy=3.6 words
nuget-api-key  NuGet  oy2{a43}  entropy=3.4 words
anaconda-token  Anaconda  /t/an-{a8}-{a4}-{a4}-{a4}-{a12}  find=/t/an-
deno-account-token  Deno  ddp_{A36}
deno-organization-token  Deno  ddo_{A36}
val-town-token  Val Town  vtwn_{A28,44}
dockerhub-personal-access-token  Docker Hub  dckr_pat_{s27}
dockerhub-organization-access-token  Docker Hub  dckr_oat_{s32}
artifactory-api-key  JFrog  AKCp{A68,70}  entropy=3.5
artifactory-reference-token  JFrog  cmVmd{A59}  entropy=3.5
sourcegraph-access-token  Sourcegraph  sgp_(({H16}|local)_)?{H40}  entropy=3
sourcegraph-license-key  Sourcegraph  slk_{h64}
sourcegraph-dotcom-token  Sourcegraph  sgd_{H64}
snyk-service-token  Snyk  snyk_(uat|sat).{h8}.{s80,700}
sonar-user-token  SonarQube  squ_{h40}
sonar-project-token  SonarQube  sqp_{h40}
sonar-global-token  SonarQube  sqa_{h40}
circleci-personal-token  CircleCI  CCIPAT_{A22}_{H40}
circleci-project-token  CircleCI  CCIPRJ_{A22}_{H40}
buildkite-agent-token  Buildkite  bkct_{A40,120}
buildkite-user-access-token  Buildkite  bkua_{h40}
buildkite-package-token  Buildkite  bkpt_{h40,60}
teamcity-api-token  TeamCity  eyJ0eXAiOiAiVENWMiJ9.{s36}.{s48}
octopus-deploy-api-key  Octopus Deploy  API-{U26}  entropy=3 words
prefect-api-token  Prefect  pnu_{A36}
prefect-service-token  Prefect  pnb_{A36}
postman-api-token  Postman  PMAK-{H24}-{H34}
postman-collection-key  Postman  PMAT-{U26}
readme-api-token  ReadMe  rdme_{a70}  entropy=3
stackhawk-api-key  StackHawk  hawk.{s20}.{s20}
dependency-track-key  Dependency-Track  odt_({A8}_)?{A32}
endorlabs-api-key  Endor Labs  endr+{[A-Za-z0-9-]16}  entropy=3
socket-api-token  Socket  sktsec_{s40,60}
aikido-ci-token  Aikido  AIK_CI_{A20,64}  entropy=3
aikido-client-secret  Aikido  AIK_SECRET_{A64}
arcjet-key  Arcjet  ajkey_{[a-z0-9]26}
linear-api-key  Linear  lin_api_{A40}
linear-oauth-token  Linear  lin_oauth_{A40,64}
notion-api-token  Notion  ntn_{d11}{A35}  entropy=3.6
notion-integration-secret  Notion  secret_{A43}  entropy=4
airtable-personnal-access-token  Airtable  pat{A14}.{h64}
clickup-personal-api-token  ClickUp  pk_{d7,9}_{U32}
trello-api-token  Trello  ATTA{H64}{H8}  entropy=3.3
figma-personal-access-token  Figma  figd_{s38,44}  entropy=3.5
figma-oauth-token  Figma  figo_{s38,64}  entropy=3.5
frameio-api-token  Frame.io  fio-u-{e64}
canva-client-secret  Canva  cnvca{s51}  entropy=3.5
contentful-pat  Contentful  CFPAT-{s43}
typeform-api-token  Typeform  tfp_{t40,62}
retool-api-token  Retool  retool_{[a-z0-9]26}
wakatime-api-key  WakaTime  waka_{u}
zuplo-api-key  Zuplo  zpka_{h32}_{h8}
ionic-api-token  Ionic  ion_{A42}  words
trigger-secret-key  Trigger.dev  tr_(dev|prod|stg)_{A20,48}  entropy=3 words
inngest-signing-key  Inngest  signkey-(prod|test|branch)-{h32,64}
liveblocks-secret-key  Liveblocks  sk_dev_{s40,100}  entropy=3.5
svix-test-key  Svix  testsk_{s30,60}
mapbox-secret-token  Mapbox  sk.eyJ1Ijoi{s40,200}.{s22}
adafruit-io-key  Adafruit  aio_{A28}  words
samsara-api-token  Samsara  samsara_api_{A30}
apify-api-token  Apify  apify_api_{A34,38}
adobe-client-secret  Adobe  p8e-{s32}
intra42-client-secret  42 Intra  s-s4t2ud-{H64}  entropy=3
intra42-client-secret  42 Intra  s-s4t2af-{H64}  entropy=3
settlemint-application-access-token  SettleMint  sm_aat_{A16}  entropy=3
settlemint-personal-access-token  SettleMint  sm_pat_{A16}  entropy=3
settlemint-service-access-token  SettleMint  sm_sat_{A16}  entropy=3
workos-api-key  WorkOS  sk_test_a2V5{b40,80}(=)?(=)?  entropy=4
stytch-secret  Stytch  secret-(live|test)-{s36}=  entropy=3.5
ory-api-key  Ory  ory_pat_{A32}
ory-access-token  Ory  ory_at_{s43}.{s43}
ory-workspace-key  Ory  ory_wak_{A32}
builder-io-private-key  Builder.io  bpk-{h32}  entropy=3
calcom-api-key  Cal.com  cal_live_{A32}  entropy=3
calcom-api-key  Cal.com  cal_{A32}  entropy=3 words
cfx-server-key  Cfx.re  cfxk_{A18,24}_{A4,8}
chromatic-project-token  Chromatic  chpt_{a12,20}  entropy=2.8 words
devcycle-server-key  DevCycle  dvc_server_{[A-Za-z0-9_]20,80}  entropy=3.3 words
ecwid-secret-token  Ecwid  secret_{A32}  entropy=4 words
fullstory-api-key  FullStory  na1.{b60,240}(=)?(=)?  entropy=4.5 words
gitbook-api-token  GitBook  gb_api_{A30,60}
gitlab-legacy-runner-token  GitLab  glrtr-{s20,64}  entropy=3
gitlab-workspace-token  GitLab  glwt-{s20,64}  entropy=3
lichess-access-token  Lichess  lip_{w17,30}  entropy=3.5 words
mintlify-api-key  Mintlify  mint_(dsc_)?{A20,60}  entropy=3.8 words
n8n-api-key  n8n  n8n_api_{h64,80}
openvsx-access-token  Open VSX  ovsxat_{u}
openvsx-personal-token  Open VSX  ovsxp_{u}
packagist-token  Packagist  packagist_{[a-z]3}_{H28,96}
phabricator-conduit-token  Phabricator  api-{a28}  entropy=3.6 words
radar-secret-key  Radar  prj_(live|test)_sk_{h40}
riot-games-api-key  Riot Games  RGAPI-{u}
roblox-session-cookie  Roblox  _{[|]1}WARNING:-DO-NOT-SHARE-THIS.--{[A-Za-z.-]20,160}{[|]1}_{s100,2000}  find=WARNING:-DO-NOT-SHARE-THIS
mercury-api-token  Mercury  secret-token:mercury_(production|sandbox)_{a2,5}_{A30,60}(_{l4,12})?
secret-token-uri  secret-token URI  secret-token:{[A-Za-z0-9_.~%-]20,200}  entropy=3.6 words
thunderstore-api-token  Thunderstore  tss_{A24,64}  entropy=3.8 words
trigger-personal-token  Trigger.dev  tr_pat_{A30,60}
ubidots-token  Ubidots  BBFF-{A28,40}
ubidots-token  Ubidots  BBUS-{A28,40}
unkey-root-key  Unkey  unkey_{A20,32}  entropy=3.5 words
`;
