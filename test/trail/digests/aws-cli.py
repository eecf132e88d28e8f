# Makes aws-cli.json: digest files with a key of their own, each signed text as the AWS CLI makes it, each signature as it accepts it.
# pip install awscli; python test/trail/digests/aws-cli.py > test/trail/digests/aws-cli.json
import base64
import hashlib
import json

import rsa
from awscli.customizations.cloudtrail.validation import DigestSignatureError, Sha256RSADigestValidator

ACCOUNT, REGION, BUCKET = '111122223333', 'us-east-2', 'amzn-s3-demo-bucket'
FOLDER = f'AWSLogs/{ACCOUNT}/CloudTrail-Digest/{REGION}/2026/07/01/'

public, private = rsa.newkeys(2048)
value = base64.b64encode(public.save_pkcs1('DER')).decode()
fingerprint = hashlib.md5(public.save_pkcs1('DER')).hexdigest()
validator = Sha256RSADigestValidator()


def digest(hour, previous):
    end = f'2026-07-01T{hour + 1:02d}:01:31Z'
    time = end.replace('-', '').replace(':', '')
    return {
        'awsAccountId': ACCOUNT,
        'digestStartTime': f'2026-07-01T{hour:02d}:01:31Z',
        'digestEndTime': end,
        'digestS3Bucket': BUCKET,
        'digestS3Object': f'{FOLDER}{ACCOUNT}_CloudTrail-Digest_{REGION}_your-trail-name_{REGION}_{time}.json.gz',
        'digestPublicKeyFingerprint': fingerprint,
        'digestSignatureAlgorithm': 'SHA256withRSA',
        'newestEventTime': None,
        'oldestEventTime': None,
        'previousDigestS3Bucket': previous and BUCKET,
        'previousDigestS3Object': previous and previous['object'],
        'previousDigestHashValue': previous and previous['hash'],
        'previousDigestHashAlgorithm': previous and 'SHA-256',
        'previousDigestSignature': previous and previous['signature'],
        'logFiles': [],
    }


def accepts(data, content, signature):
    try:
        key = data['digestS3Object']
        validator.validate(BUCKET, key, value, {**data, '_signature': signature}, content)
        return True
    except DigestSignatureError:
        return False


previous, digests = None, []
for hour in (14, 15, 16):
    data = digest(hour, previous)
    content = json.dumps(data, separators=(',', ':')).encode()
    text = validator._create_string_to_sign(data, content)
    signature = rsa.sign(text, private, 'SHA-256').hex()
    assert accepts(data, content, signature) and not accepts(data, content + b' ', signature)
    digests.append({'content': content.decode(), 'signedText': text.decode(), 'signature': signature})
    hash = hashlib.sha256(content).hexdigest()
    previous = {'object': data['digestS3Object'], 'hash': hash, 'signature': signature}

keys = {
    'PublicKeyList': [
        {
            'Value': value,
            'ValidityStartTime': '2026-07-01T00:00:00+00:00',
            'ValidityEndTime': '2026-08-01T00:00:00+00:00',
            'Fingerprint': fingerprint,
        }
    ]
}
print(json.dumps({'publicKeys': keys, 'digests': digests}, indent=2))
