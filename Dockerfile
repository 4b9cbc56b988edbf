# The front-end libraries, as package-lock.json pins them.
FROM node:22-slim AS front
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim AS app
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PARTYBUILD_LOCAL=no PARTYBUILD_DATA=/data PARTYBUILD_JSON_LOGS=yes
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /data --create-home party
COPY pyproject.toml constraints.txt ./
RUN pip install --no-cache-dir --constraint constraints.txt .
COPY --from=front /app/node_modules node_modules
COPY . .
# Static files belong to the image; the secrets of this step are of no use to anybody and stay in it.
RUN SECRET_KEY=$(head -c 48 /dev/urandom | base64) \
    PARTYBUILD_DIGEST_KEY=$(head -c 48 /dev/urandom | base64) \
    PARTYBUILD_FIELD_KEYS=1:$(head -c 32 /dev/urandom | base64) \
    ALLOWED_HOSTS=nobody DATABASE_URL=postgres:///nowhere REDIS_URL=redis://nowhere PARTYBUILD_STATIC=/app/collected \
    python manage.py collectstatic --noinput
ENV PARTYBUILD_STATIC=/app/collected
USER party
EXPOSE 8000
CMD ["gunicorn"]
