/** Token formats of model providers, agent tools and vector stores. Data only. */

export const AI_TOKENS = `
anthropic-api-key  Anthropic  sk-ant-api03-{s93}AA
anthropic-admin-api-key  Anthropic  sk-ant-admin01-{s93}AA
anthropic-oauth-token  Anthropic  sk-ant-oat01-{s80,120}
anthropic-refresh-token  Anthropic  sk-ant-ort01-{s80,120}
anthropic-session-key  Anthropic  sk-ant-sid01-{s80,130}
openai-api-key  OpenAI  sk-((proj|svcacct|admin|None|service)-)?{s20,74}T3BlbkFJ{s20,74}  find=T3BlbkFJ
openai-project-key  OpenAI  sk-proj-{s40,180}
openai-service-key  OpenAI  sk-svcacct-{s40,180}
openai-admin-key  OpenAI  sk-admin-{s40,180}
openai-compatible-key  OpenAI-compatible API  sk-{A48}  entropy=3.5
openai-compatible-hex-key  OpenAI-compatible API  sk-{h32}  entropy=3
anyscale-api-key  Anyscale  esecret_{a24,32}
aws-amazon-bedrock-api-key-long-lived  Amazon Bedrock  ABSK{b109,269}(=)?(=)?
aws-amazon-bedrock-api-key-short-lived  Amazon Bedrock  bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{B0,2000}
braintrust-api-key  Braintrust  bt-st-{A40,60}
browserbase-api-key  Browserbase  bb_live_{s24,40}
brave-search-api-key  Brave Search  BSA{s24,40}  entropy=3.5 words
cartesia-api-key  Cartesia  sk_car_{A20,60}
cerebras-api-key  Cerebras  csk-{a48}
context7-api-key  Context7  ctx7sk-{u}
daytona-api-key  Daytona  dtn_{h64}
devin-personal-api-key  Devin  apk_user_{b120,180}(=)?(=)?
devin-service-api-key  Devin  apk_{b80,100}(=)?(=)?
devin-service-user-token  Devin  cog_{[a-z2-7]52}
e2b-api-key  E2B  e2b_{h40}
elevenlabs-api-key  ElevenLabs  sk_{h48}  entropy=3
firecrawl-api-key  Firecrawl  fc-{h32}  entropy=3
fireworks-api-key  Fireworks AI  fw_{A22,24}  entropy=3.5
friendli-token  Friendli  flp_{A40,60}
google-gemini-api-key  Google Gemini  AQ.Ab8RN6{s40,60}
groq-api-key  Groq  gsk_{A52}
helicone-api-key  Helicone  sk-helicone-{a7}-{a7}-{a7}-{a7}
huggingface-access-token  Hugging Face  hf_{A34}  entropy=3 words
huggingface-oauth-token  Hugging Face  hf_oauth_{t40,400}
huggingface-organization-api-token  Hugging Face  api_org_{L34}  entropy=3 words
jina-api-key  Jina AI  jina_{s60}
kaggle-api-token  Kaggle  KGAT_{h32}  entropy=3
sindri-api-key  Sindri  sindri_{A32}  words
langfuse-secret-key  Langfuse  sk-lf-{u}
langsmith-personal-key  LangSmith  lsv2_pt_{h32}_{h10}
langsmith-service-key  LangSmith  lsv2_sk_{h32}_{h10}
langsmith-legacy-key  LangSmith  ls__{h32}
llamacloud-api-key  LlamaCloud  llx-{A48,52}
mem0-api-key  Mem0  m0-{A40}
minimax-api-key  MiniMax  sk-api-{s119}
nebius-api-key  Nebius  v1.CmMKHHN0{s100,400}
nomic-api-key  Nomic  nk-{s43}
nvidia-api-key  NVIDIA  nvapi-{s60,70}
openrouter-api-key  OpenRouter  sk-or-v1-{h64}
perplexity-api-key  Perplexity  pplx-{A48,56}
pinecone-api-key  Pinecone  pcsk_{w50,90}
promptlayer-api-key  PromptLayer  pl_{h32}  entropy=3
replicate-api-token  Replicate  r8_{A37,40}
runpod-api-key  RunPod  rpa_{A40,50}
runway-api-key  Runway  key_{h128}
cursor-api-key  Cursor  key_{h64}
segmind-api-key  Segmind  SG_{h16}  entropy=2.8
tavily-api-key  Tavily  tvly-((dev|prod)-)?{A32}
togetherai-api-key  Together AI  tgp_v1_{s43}
vercel-ai-gateway-key  Vercel  vck_{s56}
weights-and-biases-api-key-v1  Weights & Biases  wandb_v1_{w77}
xai-api-key  xAI  xai-{s70,120}
zep-api-key  Zep  z_1dWlkIjoi{t60,300}
anthropic-key  Anthropic  sk-ant-{[a-z]3,9}{d2}-{s40,140}
openai-compatible-secret-key  OpenAI-compatible API  sk_{s43}  entropy=4 words
amp-api-key  Amp  sgamp_user_{A26}_{h64}
chroma-api-key  Chroma  ck-{A43,45}  entropy=4 words
codesandbox-api-key  CodeSandbox  csb_v1_{s30,60}  entropy=3.5
coze-access-token  Coze  pat_{A64}  entropy=4
cursor-user-api-key  Cursor  crsr_{A40,80}  entropy=3
factory-api-key  Factory  fk-{s40,120}  entropy=4.2 words
fireworks-service-key  Fireworks AI  fpk_{A20,48}  entropy=3.5 words
kimi-coding-key  Moonshot AI  sk-kimi-{A40,80}
luma-api-key  Luma AI  luma-{u}-{u}
ragie-api-key  Ragie  tnt_{A10,14}_{A40,64}
requesty-api-key  Requesty  rqsty-sk-{[A-Za-z0-9+/_-]40,160}(=)?(=)?
retell-api-key  Retell AI  key_{h28}  entropy=3
steel-api-key  Steel  ste-{A60,70}
tinybird-token  Tinybird  p.eyJ{s40,240}.{s27,64}
voyageai-api-key  Voyage AI  pa-{s43}  entropy=4.2 words
warp-api-key  Warp  wk-1.{h48,80}
windsurf-api-key  Windsurf  sk-ws-01-{s40,160}
`;
