import { migration } from './support/migration';

const CHECKS = {
  product_images_group_id_check: 'CHECK (num_nonnulls(product_id, group_id) = 1)',
  product_images_group_id_fk: 'FOREIGN KEY (group_id) REFERENCES product_groups (id) ON DELETE CASCADE',
  product_images_media_id_check: 'CHECK (num_nonnulls(url, media_id) = 1)',
  product_images_media_id_fk: 'FOREIGN KEY (media_id) REFERENCES media (id) ON DELETE RESTRICT',
};

/* Apart from adding them, so that images can be read and written meanwhile. */
export = migration(
  Object.keys(CHECKS)
    .map((name) => `ALTER TABLE product_images VALIDATE CONSTRAINT ${name};`)
    .join('\n'),
  Object.entries(CHECKS)
    .map(
      ([name, rule]) => `ALTER TABLE product_images DROP CONSTRAINT ${name};
      ALTER TABLE product_images ADD CONSTRAINT ${name} ${rule} NOT VALID;`,
    )
    .join('\n'),
);
